//! Checks what stays, what goes, and how the work grows.

use super::*;

const KEEP: Duration = Duration::from_secs(60);

fn after(seconds: u64) -> Instant {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    *START.get_or_init(Instant::now) + Duration::from_secs(seconds)
}

fn gone(map: &mut Bounded<u32, u32>, now: Instant) -> Vec<u32> {
    std::iter::from_fn(|| map.evict(now)).map(|(key, _)| key).collect()
}

#[test]
fn the_oldest_go_when_there_are_too_many() {
    let mut map = Bounded::new(3, KEEP);
    for key in 0..3 {
        map.insert(key, key, after(0));
    }
    assert_eq!(map.touch(&0, after(1)), Some(&mut 0));
    assert_eq!(gone(&mut map, after(1)), [0; 0]);
    map.insert(3, 3, after(1));
    map.insert(4, 4, after(1));
    assert_eq!(gone(&mut map, after(1)), [1, 2]);
    assert_eq!(map.remove(&0), Some(0));
    map.insert(5, 5, after(1));
    assert_eq!(gone(&mut map, after(1)), [0; 0]);
    assert_eq!(map.len(), 3);
}

#[test]
fn what_is_too_old_is_not_there() {
    let mut map = Bounded::new(3, KEEP);
    map.insert(1, 1, after(0));
    map.insert(2, 2, after(0));
    assert_eq!(map.touch(&2, after(59)), Some(&mut 2));
    assert_eq!(map.get(&1, after(59)), Some(&1));
    assert_eq!(map.get(&1, after(61)), None);
    assert_eq!(map.get_mut(&1), Some(&mut 1));
    assert_eq!(map.iter(after(61)).collect::<Vec<_>>(), [(&2, &2)]);
    assert_eq!(gone(&mut map, after(61)), [1]);
    // A clock that goes back makes nothing older.
    assert_eq!(map.get(&2, after(0)), Some(&2));
    assert_eq!(gone(&mut map, after(200)), [2]);

    let mut forever = Bounded::new(3, Duration::MAX);
    forever.insert(1, 1, after(0));
    assert_eq!(forever.get(&1, after(1 << 32)), Some(&1));
}

#[test]
fn the_work_grows_as_the_number_of_calls_does() {
    let steps = |calls: u32| {
        let mut map = Bounded::new(1000, KEEP);
        for call in 0..calls {
            let now = after(u64::from(call) / 100);
            map.insert(call, 0, now);
            // One key is touched again and again, and others come and go at once.
            map.touch(&0, now);
            map.insert(u32::MAX, 0, now);
            map.remove(&u32::MAX);
            assert!(gone(&mut map, now).len() <= 2);
        }
        map.steps
    };
    let (once, twice) = (steps(20_000), steps(40_000));
    assert!(twice <= once * 22 / 10, "{once} {twice}");
    assert!(twice <= 40_000 * 20, "{twice}");
}
