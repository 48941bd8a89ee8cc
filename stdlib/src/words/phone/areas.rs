//! Areas of countries with several zones, by the first digits of the national number.

/// Zones by country and prefix; the longest prefix counts.
type Row = (&'static str, &'static [&'static str], &'static str);

const MOSCOW: &str = "Europe/Moscow";
const MEXICO: &str = "America/Mexico_City";

const ROWS: &[Row] = &[
    ("AU", &["Australia/Sydney"], "2"),
    ("AU", &["Australia/Melbourne", "Australia/Hobart"], "3"),
    ("AU", &["Australia/Brisbane", "Australia/Sydney"], "7"),
    ("AU", &["Australia/Adelaide", "Australia/Darwin", "Australia/Perth", "Australia/Eucla"], "8"),
    (
        "BR",
        &["America/Sao_Paulo"],
        "11 12 13 14 15 16 17 18 19 21 22 24 27 28 31 32 33 34 35 37 38 41 42 43 44 45 46 47 48 49 51 53 54 55 61 62 63 \
         64 71 73 74 75 77 79 82 83 84 85 86 87 88 89 91 93 94 96 98 99",
    ),
    ("BR", &["America/Recife", "America/Noronha"], "81"),
    ("BR", &["America/Cuiaba"], "65 66"),
    ("BR", &["America/Campo_Grande"], "67"),
    ("BR", &["America/Rio_Branco"], "68"),
    ("BR", &["America/Porto_Velho"], "69"),
    ("BR", &["America/Manaus"], "92"),
    ("BR", &["America/Boa_Vista"], "95"),
    ("BR", &["America/Manaus", "America/Eirunepe"], "97"),
    ("CL", &["America/Punta_Arenas"], "61"),
    ("CL", &["America/Santiago"], "2 3 4 5 63 64 65 7"),
    ("ES", &["Atlantic/Canary"], "822 828 922 928"),
    (
        "ES",
        &["Europe/Madrid"],
        "81 820 821 823 824 825 826 827 829 83 84 85 86 87 88 91 920 921 923 924 925 926 927 929 \
         93 94 95 96 97 98",
    ),
    // Overseas departments, whose numbers are also written in France's own form.
    ("FR", &["America/Guadeloupe"], "590 690 691"),
    ("FR", &["America/Cayenne"], "594 694"),
    ("FR", &["America/Martinique"], "596 696 697"),
    ("FR", &["Indian/Reunion"], "2622 2629 692 693"),
    ("FR", &["Indian/Mayotte"], "2696 639"),
    ("FR", &["America/Miquelon"], "508"),
    ("MX", &[MEXICO], "2 3 4 5 7 8 9"),
    (
        "MX",
        &["America/Mazatlan"],
        "311 319 323 324 325 327 389 612 613 615 624 667 668 669 672 673 687 694 695 696 697 698",
    ),
    ("MX", &["America/Bahia_Banderas"], "322 329"),
    ("MX", &["America/Hermosillo"], "622 623 631 632 633 634 637 638 641 642 643 644 645 647 651 653 662"),
    ("MX", &["America/Tijuana"], "616 646 658 661 664 665 686"),
    ("MX", &["America/Chihuahua"], "614 621 625 627 628 629 635 636 639 648 649 652 659"),
    ("MX", &["America/Ciudad_Juarez"], "656"),
    ("MX", &["America/Ojinaga"], "626"),
    ("MX", &["America/Matamoros"], "867 868 877 878 892 894 897 899"),
    ("MX", &["America/Cancun"], "983 984 987 997 998"),
    ("PT", &["Atlantic/Madeira"], "291"),
    ("PT", &["Atlantic/Azores"], "292 295 296"),
    ("PT", &["Europe/Lisbon"], "21 22 23 24 25 26 27 28"),
    ("RU", &["Europe/Kaliningrad"], "401"),
    (
        "RU",
        &[MOSCOW],
        "47 48 49 811 812 813 814 815 816 817 818 820 821 831 833 834 835 836 841 843 844 845 847 855 856 857 861 862 863 \
         865 866 867 871 872 873 877 878 879",
    ),
    ("RU", &["Europe/Samara", MOSCOW], "341 842 846 848 851"),
    ("RU", &["Asia/Yekaterinburg"], "342 343 345 346 347 349 351 352 353 365"),
    ("RU", &["Asia/Omsk"], "381"),
    ("RU", &["Asia/Novosibirsk", "Asia/Tomsk", "Asia/Barnaul"], "382 383 385 388"),
    ("RU", &["Asia/Novokuznetsk", "Asia/Krasnoyarsk"], "384 39"),
    ("RU", &["Asia/Irkutsk"], "301 395"),
    ("RU", &["Asia/Yakutsk", "Asia/Chita"], "302 416"),
    ("RU", &["Asia/Yakutsk", "Asia/Vladivostok", "Asia/Srednekolymsk"], "411"),
    ("RU", &["Asia/Vladivostok"], "421 423 426"),
    ("RU", &["Asia/Magadan"], "413"),
    ("RU", &["Asia/Sakhalin"], "424"),
    ("RU", &["Asia/Kamchatka"], "415"),
    ("RU", &["Asia/Anadyr"], "427"),
];

/// The most digits of a prefix.
const PREFIX_MAX: usize = 4;

/// The zones of a national number; `None` when its first digits name no area, as those of mobile numbers do not.
pub(super) fn zones(iso: &str, national: &str) -> Option<&'static [&'static str]> {
    let prefixes = (1..=PREFIX_MAX).rev().filter_map(|digits| national.get(..digits));
    prefixes.into_iter().find_map(|prefix| {
        let mut rows = ROWS.iter().filter(|(country, ..)| *country == iso);
        rows.find(|(_, _, known)| known.split_ascii_whitespace().any(|known| known == prefix))
            .map(|row| row.1)
    })
}

#[cfg(test)]
pub(super) fn rows() -> &'static [Row] {
    ROWS
}
