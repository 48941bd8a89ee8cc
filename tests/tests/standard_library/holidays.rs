//! Lists of holidays against the rules of the law, worked out here once more.
//!
//! Easter after Meeus, Astronomical Algorithms (1991), chapter 8; the equinoxes of Japan by the approximation that the
//! National Astronomical Observatory's announcements have followed, good for 1980–2099.

use std::collections::BTreeSet;

use tandem_lang::source::Sources;
use tandem_lang::tree::Item;
use tandem_stdlib::words::{date_of_days, days_of_date};

use crate::definitions;

const SATURDAY: i32 = 5;
const SUNDAY: i32 = 6;

fn day(year: i32, month: u32, day: u32) -> i32 {
    days_of_date(year, month, day).expect("a date")
}

/// Monday is 0.
fn weekday(day: i32) -> i32 {
    (day + 3).rem_euclid(7)
}

fn easter(year: i32) -> i32 {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    day(year, (sum / 31).unsigned_abs(), (sum % 31 + 1).unsigned_abs())
}

/// The n-th of a weekday in a month.
fn nth(year: i32, month: u32, n: i32, wanted: i32) -> i32 {
    let first = day(year, month, 1);
    first + (wanted - weekday(first)).rem_euclid(7) + 7 * (n - 1)
}

/// The last Monday of May or August, both of 31 days.
fn last_monday(year: i32, month: u32) -> i32 {
    let last = day(year, month, 31);
    last - weekday(last)
}

fn united_states(year: i32) -> BTreeSet<i32> {
    let mondays = [(1, 3), (2, 3), (9, 1), (10, 2)].map(|(month, n)| nth(year, month, n, 0));
    let mut days: BTreeSet<i32> = mondays.into_iter().collect();
    days.extend([last_monday(year, 5), nth(year, 11, 4, 3)]);
    for (month, of_month) in [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)] {
        let fixed = day(year, month, of_month);
        days.insert(fixed);
        days.insert(observed(fixed));
    }
    days.insert(observed(day(year + 1, 1, 1)));
    days.retain(|one| date_of_days(*one).is_some_and(|(of, ..)| of == year));
    days
}

fn observed(fixed: i32) -> i32 {
    match weekday(fixed) {
        SATURDAY => fixed - 1,
        SUNDAY => fixed + 1,
        _ => fixed,
    }
}

fn england(year: i32) -> BTreeSet<i32> {
    let easter = easter(year);
    let mut days = BTreeSet::from([easter - 2, easter + 1, nth(year, 5, 1, 0)]);
    days.extend([last_monday(year, 5), last_monday(year, 8)]);
    let fixed = [day(year, 1, 1), day(year, 12, 25), day(year, 12, 26)];
    let (weekend, working): (Vec<i32>, Vec<i32>) = fixed.iter().partition(|one| weekday(**one) >= SATURDAY);
    days.extend(working);
    for one in weekend {
        let next_free = (one + 1..).find(|other| weekday(*other) < SATURDAY && !days.contains(other));
        days.extend(next_free);
    }
    days
}

fn france(year: i32) -> BTreeSet<i32> {
    let fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
    let mut days: BTreeSet<i32> = fixed.map(|(month, of_month)| day(year, month, of_month)).into();
    days.extend([1, 39, 50].map(|after| easter(year) + after));
    days
}

fn germany(year: i32) -> BTreeSet<i32> {
    let fixed = [(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)];
    let mut days: BTreeSet<i32> = fixed.map(|(month, of_month)| day(year, month, of_month)).into();
    days.extend([-2, 1, 39, 50].map(|after| easter(year) + after));
    days
}

/// Day of the month of an equinox; `base` is its value for 1980.
fn equinox(year: i32, base: f64) -> u32 {
    let years = year - 1980;
    let moment = base + 0.242_194 * f64::from(years) - f64::from(years / 4);
    (1..=31).rfind(|of_month| f64::from(*of_month) <= moment).expect("a day of a month")
}

fn japan(year: i32) -> BTreeSet<i32> {
    let fixed = [(1, 1), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23)];
    let mut named: BTreeSet<i32> = fixed.map(|(month, of_month)| day(year, month, of_month)).into();
    named.extend([(1, 2), (7, 3), (9, 3), (10, 2)].map(|(month, n)| nth(year, month, n, 0)));
    named.extend([day(year, 3, equinox(year, 20.8431)), day(year, 9, equinox(year, 23.2488))]);
    let substitutes = named.iter().filter(|one| weekday(**one) == SUNDAY);
    let substitutes = substitutes.filter_map(|one| (one + 1..).find(|other| !named.contains(other)));
    let between = named.iter().map(|one| one + 1).filter(|one| named.contains(&(one + 1)));
    let all = substitutes.chain(between.filter(|one| weekday(*one) != SUNDAY));
    all.collect::<BTreeSet<i32>>().union(&named).copied().collect()
}

/// The years that a list covers and its days.
fn listed(name: &str) -> (std::ops::RangeInclusive<i32>, BTreeSet<i32>) {
    let list = definitions::in_folder("calendars").into_iter().find(|one| one.name == name);
    let mut sources = Sources::default();
    let file = sources.add(name, list.expect("the list").text, true);
    let (tree, found) = tandem_lang::parse::parse(file, &sources);
    assert!(found.is_empty(), "{found:?}");
    let Some(Item::Holidays(holidays)) = tree.items.first() else { panic!("{name} is no list of holidays") };
    let (first, last) = holidays.covers.expect("covered years");
    let years = [first, last].map(|year| format!("{}", year.value).parse::<i32>().expect("a year"));
    let days = holidays.days.iter().flat_map(|(days, _)| days.first..=days.last);
    (years[0]..=years[1], days.collect())
}

/// The holidays of a year.
type Rule = fn(i32) -> BTreeSet<i32>;

fn shown(days: impl IntoIterator<Item = i32>) -> Vec<(i32, u32, u32)> {
    days.into_iter().filter_map(date_of_days).collect()
}

#[test]
fn lists_follow_the_law_in_every_year_that_they_cover() {
    let rules: [(&str, Rule); 5] = [
        ("us_federal_holidays", united_states),
        ("uk_bank_holidays", england),
        ("fr_public_holidays", france),
        ("de_public_holidays", germany),
        ("jp_public_holidays", japan),
    ];
    for (name, rule) in rules {
        let (years, days) = listed(name);
        assert!(years.contains(&2025) && years.contains(&2027), "{name} covers {years:?}");
        let expected: BTreeSet<i32> = years.flat_map(rule).collect();
        assert_eq!(shown(days.difference(&expected).copied()), [], "{name} lists too much");
        assert_eq!(shown(expected.difference(&days).copied()), [], "{name} misses");
    }
}

#[test]
fn the_rules_give_dates_that_authorities_published() {
    assert_eq!(
        shown([easter(2024), easter(2025), easter(2026)]),
        [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5)]
    );
    let silver_week =
        japan(2026).into_iter().filter(|one| (day(2026, 9, 19)..day(2026, 9, 25)).contains(one));
    assert_eq!(shown(silver_week), [(2026, 9, 21), (2026, 9, 22), (2026, 9, 23)]);
    let golden_week = japan(2025).into_iter().filter(|one| (day(2025, 5, 1)..day(2025, 5, 10)).contains(one));
    assert_eq!(shown(golden_week), [(2025, 5, 3), (2025, 5, 4), (2025, 5, 5), (2025, 5, 6)]);
    // Christmas 2022 was a Sunday, Boxing Day 2020 a Saturday, Christmas 2021 a Saturday.
    for (year, last) in [(2022, (2022, 12, 27)), (2020, (2020, 12, 28)), (2021, (2021, 12, 28))] {
        assert_eq!(shown(england(year)).last(), Some(&last));
    }
}

/// China's days follow notices, not rules; what can be known without one is.
#[test]
fn chinese_days_hold_the_feasts_that_the_solar_calendar_fixes() {
    let (years, days) = listed("cn_public_holidays");
    for year in years {
        for (month, of_month) in [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)] {
            assert!(days.contains(&day(year, month, of_month)), "{year}-{month}-{of_month}");
        }
        // 13 days since 2025, 11 before, and days moved from week-ends.
        let in_year = shown(days.iter().copied()).into_iter().filter(|(of, ..)| *of == year).count();
        assert!((28..=34).contains(&in_year), "{in_year} days in {year}");
    }
}
