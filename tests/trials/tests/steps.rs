//! Work grows as the input does, whoever writes the input.
//!
//! Steps are counted, and no time is taken. The program of this package is compiled with the counters by
//! which compilers learn where a program spends its time: one for each way through the code, in this
//! library, in `serde_json`, and in what both have the standard library compile for them. So a scan of a
//! `Vec` counts as often as it goes around, which nothing that is put into the code by hand would see:
//! a counting tree knows nothing of comparisons, and a counting allocator nothing of what takes no room.
//! The counters are the same on every machine, and need nothing that does not come with the compiler.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// How many times as many steps twice the input may take.
const GROWTH_AT_MOST: f64 = 2.2;
const SIZES: [usize; 3] = [3_000, 6_000, 12_000];
const ROADS: [&str; 4] = ["text", "value", "serde", "typed"];

/// Compiles the program with counters, in a folder of its own. Where the platform is named, what only the
/// compiler runs gets none.
fn program(root: &Path) -> PathBuf {
    let target = root.join("target/steps");
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release", "--package", "wa-message-trials"])
        .args(["--target", host, "--target-dir"])
        .arg(&target)
        .current_dir(root)
        .env("RUSTFLAGS", "-Cprofile-generate")
        .status()
        .unwrap();
    assert!(built.success());
    target.join(format!("{host}/release/wa-message-trials{}", env::consts::EXE_SUFFIX))
}

/// The sum of all counters of a profile, in the form of the compiler's runtime: a header of 16 numbers, the
/// names of the binaries, 64 bytes about each function, and the counters.
fn steps(profile: &[u8]) -> u64 {
    let numbers: Vec<u64> =
        profile.as_chunks::<8>().0.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect();
    let number = |at: usize| usize::try_from(numbers[at]).unwrap();
    assert_eq!(&profile[1..7], b"rforpl", "this is no profile");
    assert_eq!(numbers[1] & 0xFF, 10, "the form of profiles is another one");
    let [binaries, functions, padding, counters] = [2, 3, 4, 5].map(number);
    let start = 16 + (binaries + 64 * functions + padding) / 8;
    numbers[start..start + counters].iter().sum()
}

#[test]
fn twice_the_input_takes_twice_the_steps() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let program = program(&root);
    let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join("steps.profraw");
    let count = |shape: &str, size: usize, road: &str| {
        let done = Command::new(&program)
            .args([shape, &size.to_string(), road])
            .env("LLVM_PROFILE_FILE", &profile)
            .output()
            .unwrap();
        assert!(done.status.success(), "{shape}, {size}, {road}: {done:?}");
        steps(&fs::read(&profile).unwrap())
    };
    let names = Command::new(&program).env("LLVM_PROFILE_FILE", &profile).output().unwrap();
    let names = String::from_utf8(names.stdout).unwrap();
    // The count sees a scan of all members for each of them.
    let [half, whole] = [3_000, 6_000].map(|size| count("unknown members", size, "scan"));
    assert!(whole > 3 * half, "{half} and {whole} steps");
    let mut wrong = Vec::new();
    for shape in names.lines() {
        let made = SIZES.map(|size| count(shape, size, "none"));
        let roads = if shape.starts_with("webhook: ") { &["webhook"] } else { &ROADS[..] };
        for road in roads {
            let mut taken = SIZES.map(|size| count(shape, size, road));
            for (taken, made) in taken.iter_mut().zip(made) {
                *taken -= made;
            }
            #[allow(clippy::cast_precision_loss)] // There are not that many.
            let growth = [(taken[0], taken[1]), (taken[1], taken[2])]
                .map(|(half, whole)| whole as f64 / half.max(10_000) as f64);
            println!("{shape}, {road}: {taken:?} steps, {growth:.2?}");
            if growth.iter().any(|growth| *growth > GROWTH_AT_MOST) {
                wrong.push(format!("{shape}, {road}: {taken:?} steps, {growth:.2?} times"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
