use proptest::prelude::*;

use super::cover::{Answer, Coverer, Tests};
use super::index::Index;
use super::ranges::Ranges;

/// Columns of four classes each, small enough to try every call.
const CLASSES: u32 = 4;
const COLUMNS: usize = 3;

fn ranges() -> impl Strategy<Value = Ranges> {
    prop::collection::vec((0..CLASSES, 0..CLASSES), 1..3)
        .prop_map(|pairs| Ranges::union(pairs.into_iter().map(|(a, b)| (a.min(b), a.max(b))).collect()))
}

fn row() -> impl Strategy<Value = Tests> {
    prop::collection::vec(prop::option::of(ranges()), COLUMNS).prop_map(|cells| {
        let all = Ranges::one(0, CLASSES - 1);
        let cells = cells.into_iter().enumerate();
        cells.filter_map(|(at, cell)| Some((at, cell.filter(|cell| *cell != all)?))).collect()
    })
}

fn accepts(row: &Tests, call: [u32; COLUMNS]) -> bool {
    row.iter().all(|(column, accepted)| {
        accepted.parts().iter().any(|(first, last)| (first..=last).contains(&&call[*column]))
    })
}

fn calls() -> impl Iterator<Item = [u32; COLUMNS]> {
    (0..CLASSES).flat_map(|a| (0..CLASSES).flat_map(move |b| (0..CLASSES).map(move |c| [a, b, c])))
}

proptest! {
    #[test]
    fn a_table_is_covered_exactly_when_every_call_has_a_row(rows in prop::collection::vec(row(), 0..12)) {
        let possible = vec![Ranges::one(0, CLASSES - 1); COLUMNS];
        let all: Vec<usize> = (0..rows.len()).collect();
        let mut coverer = Coverer { rows: &rows, possible: &possible, work: 1_000_000, closing: Vec::new() };
        let answered = |call| rows.iter().any(|row| accepts(row, call));
        match coverer.ask(&Vec::new(), &all) {
            Answer::Covered => prop_assert!(calls().all(answered)),
            Answer::Open(region) => {
                let inside: Vec<_> = calls().filter(|call| accepts(&region, *call)).collect();
                prop_assert!(!inside.is_empty());
                prop_assert!(!inside.into_iter().any(answered));
            }
            Answer::Unknown => prop_assert!(false, "so little work is always done"),
        }
    }

    #[test]
    fn a_row_that_is_surely_reached_has_a_call_of_its_own(rows in prop::collection::vec(row(), 1..80)) {
        let possible = vec![Ranges::one(0, CLASSES - 1); COLUMNS];
        let index = Index::new(&rows, &possible);
        for (at, row) in rows.iter().enumerate() {
            let earlier = &rows[..at];
            let own = calls().filter(|call| accepts(row, *call)).any(|call| !earlier.iter().any(|row| accepts(row, call)));
            prop_assert!(own || !index.is_surely_reached(at, row));
            let meets = |other: &Tests| calls().any(|call| accepts(row, call) && accepts(other, call));
            let missed = (0..at).find(|other| meets(&rows[*other]) && !index.candidates(at, row).contains(other));
            prop_assert_eq!(missed, None);
        }
    }

    #[test]
    fn ranges_behave_as_sets(one in ranges(), other in ranges()) {
        let holds = |set: &Ranges, class: u32| set.parts().iter().any(|(a, b)| (a..=b).contains(&&class));
        for class in 0..CLASSES {
            let (a, b) = (holds(&one, class), holds(&other, class));
            prop_assert_eq!(holds(&one.and(&other), class), a && b);
            prop_assert_eq!(holds(&one.without(&other), class), a && !b);
        }
        prop_assert_eq!(one.meets(&other), !one.and(&other).is_empty());
        prop_assert_eq!(one.within(&other), (0..CLASSES).all(|class| !holds(&one, class) || holds(&other, class)));
    }
}
