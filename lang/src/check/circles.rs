//! Things that lead to one another in a circle.

/// Every circle once, from the member of it that comes first; `next` tells where each leads. The shortest are found.
pub(super) fn circles(next: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let inside = inside(next);
    let members = inside.iter().enumerate().filter(|(_, inside)| **inside).map(|(at, _)| at);
    let found = members.filter_map(|at| circle(next, at));
    found.filter(|circle| circle.iter().min() == circle.first()).collect()
}

/// The members of a circle and the first again, as a message shows them.
pub(super) fn shown<'n>(circle: &[usize], name: impl Fn(usize) -> &'n str) -> String {
    let around = circle.iter().chain(circle.first());
    around.map(|at| format!("`{}`", name(*at))).collect::<Vec<_>>().join(" → ")
}

/// Which can be on a circle: those that are left when whatever leads nowhere, or only to such, is taken away.
fn inside(next: &[Vec<usize>]) -> Vec<bool> {
    let mut comes_from: Vec<Vec<usize>> = vec![Vec::new(); next.len()];
    for (at, to) in next.iter().enumerate().flat_map(|(at, next)| next.iter().map(move |to| (at, *to))) {
        comes_from.get_mut(to).into_iter().for_each(|from| from.push(at));
    }
    let mut ways: Vec<usize> = next.iter().map(Vec::len).collect();
    let mut gone: Vec<usize> = (0..next.len()).filter(|at| ways.get(*at) == Some(&0)).collect();
    while let Some(at) = gone.pop() {
        for before in comes_from.get(at).into_iter().flatten() {
            let Some(left) = ways.get_mut(*before) else { continue };
            *left -= 1;
            if *left == 0 {
                gone.push(*before);
            }
        }
    }
    ways.into_iter().map(|ways| ways > 0).collect()
}

/// The way from a member back to itself, breadth first, so that it is shortest.
fn circle(next: &[Vec<usize>], start: usize) -> Option<Vec<usize>> {
    let mut from: Vec<Option<usize>> = vec![None; next.len()];
    let mut reached = vec![start];
    let mut seen = 0;
    while let Some(at) = reached.get(seen).copied() {
        seen += 1;
        for to in next.get(at).into_iter().flatten().copied() {
            if to == start {
                return Some(way(&from, start, at));
            }
            if let Some(place @ None) = from.get_mut(to) {
                *place = Some(at);
                reached.push(to);
            }
        }
    }
    None
}

fn way(from: &[Option<usize>], start: usize, last: usize) -> Vec<usize> {
    let before = |at: &usize| from.get(*at).copied().flatten().filter(|_| *at != start);
    let mut way: Vec<usize> = std::iter::successors(Some(last), before).collect();
    way.reverse();
    way
}

#[cfg(test)]
mod tests {
    use super::{circles, shown};

    #[test]
    fn circles_are_found_once_and_begin_with_their_first_member() {
        // 0 → 1 → 3 → 1, 2 → 2, 4 → 5 → 6 → 4 and 5 → 4.
        let next = [vec![1], vec![3], vec![2], vec![1], vec![5], vec![6, 4], vec![4]];
        let found = circles(&next);
        assert_eq!(found, [vec![1, 3], vec![2], vec![4, 5]]);
        assert_eq!(shown(&found[0], |at| ["a", "b", "c", "d"][at]), "`b` → `d` → `b`");
        assert_eq!(circles(&[vec![1], vec![]]), Vec::<Vec<usize>>::new());
    }
}
