//! Area codes of the North American Numbering Plan, after the lists of NANPA and the CNA.
//!
//! Several zones stand where an area lies in several. Codes without a place (toll-free, personal, premium) may ring
//! anywhere in the United States.

use super::countries::{self, Country};

/// A stretch of the plan: country, zones, area codes.
type Row = (&'static str, &'static [&'static str], &'static str);

const EASTERN: &str = "America/New_York";
const CENTRAL: &str = "America/Chicago";
const MOUNTAIN: &str = "America/Denver";
const PACIFIC: &str = "America/Los_Angeles";

const ROWS: &[Row] = &[
    (
        "US",
        &[EASTERN],
        "201 202 203 207 212 215 216 220 223 227 229 234 239 240 252 267 272 276 283 301 302 304 305 315 321 324 326 \
         329 330 332 336 339 347 351 352 363 380 386 401 404 407 410 412 413 419 434 436 440 443 445 465 470 472 475 \
         478 484 502 508 513 516 518 540 551 561 567 570 571 582 585 603 607 609 610 614 617 624 631 640 645 646 656 \
         667 678 680 681 686 689 703 704 706 716 717 718 724 727 728 732 740 743 754 757 762 770 771 772 774 781 786 \
         802 803 804 813 814 821 826 828 835 838 839 843 845 848 854 856 857 859 860 862 863 864 865 878 904 908 910 \
         912 914 917 919 929 934 937 941 943 947 948 954 959 973 978 980 984",
    ),
    ("US", &["America/Detroit"], "231 248 269 313 517 586 616 679 734 810 989"),
    ("US", &["America/Indiana/Indianapolis"], "260 317 463 765"),
    ("US", &["America/Indiana/Indianapolis", CENTRAL], "219 574 812 930"),
    ("US", &[EASTERN, CENTRAL], "270 364 423 448 606 850 931"),
    ("US", &["America/Detroit", "America/Menominee"], "906"),
    (
        "US",
        &[CENTRAL],
        "205 210 214 217 218 224 225 228 235 251 254 256 262 274 281 309 312 314 316 318 319 320 325 327 331 334 337 \
         346 353 361 402 405 409 414 417 430 447 457 464 469 471 479 501 504 507 512 515 531 534 539 557 563 572 573 \
         580 601 608 612 615 618 621 629 630 636 641 651 659 660 662 682 708 712 713 715 726 730 731 737 763 769 773 \
         779 806 815 816 817 830 832 847 861 870 872 901 903 913 918 920 924 936 938 940 945 952 956 972 975 979 985",
    ),
    ("US", &[CENTRAL, MOUNTAIN], "308 432 605 620 701 785"),
    ("US", &[MOUNTAIN], "303 307 385 406 435 505 575 719 720 748 801 915 970 983"),
    ("US", &["America/Phoenix"], "480 520 602 623"),
    ("US", &["America/Phoenix", MOUNTAIN], "928"),
    ("US", &["America/Boise", PACIFIC], "208 458 541 986"),
    (
        "US",
        &[PACIFIC],
        "206 209 213 253 279 310 323 341 350 357 360 369 408 415 424 425 442 503 509 510 530 559 562 564 619 626 628 \
         650 657 661 669 702 707 714 725 738 747 760 805 818 820 831 837 840 858 909 916 925 949 951 971",
    ),
    ("US", &[PACIFIC, MOUNTAIN], "775"),
    ("US", &["America/Anchorage", "America/Adak"], "907"),
    ("US", &["Pacific/Honolulu"], "808"),
    ("PR", &["America/Puerto_Rico"], "787 939"),
    ("VI", &["America/St_Thomas"], "340"),
    ("GU", &["Pacific/Guam"], "671"),
    ("MP", &["Pacific/Saipan"], "670"),
    ("AS", &["Pacific/Pago_Pago"], "684"),
    ("CA", &["America/St_Johns", "America/Goose_Bay"], "709 879"),
    ("CA", &["America/Halifax"], "428 506 782 902"),
    (
        "CA",
        &["America/Toronto"],
        "226 249 263 289 343 354 365 382 387 416 437 438 450 468 514 519 548 579 613 647 683 705 742 753 819 873 905 942",
    ),
    ("CA", &["America/Toronto", "America/Halifax"], "367 418 581"),
    ("CA", &["America/Toronto", "America/Winnipeg", "America/Atikokan"], "807"),
    ("CA", &["America/Winnipeg"], "204 431 584"),
    ("CA", &["America/Regina", "America/Edmonton"], "306 474 639"),
    ("CA", &["America/Edmonton"], "368 403 587 780 825"),
    ("CA", &["America/Vancouver"], "604"),
    ("CA", &["America/Vancouver", "America/Edmonton", "America/Fort_Nelson"], "236 250 257 672 778"),
    ("CA", &["America/Whitehorse", "America/Edmonton", "America/Winnipeg", "America/Toronto"], "867"),
    ("BS", &["America/Nassau"], "242"),
    ("BB", &["America/Barbados"], "246"),
    ("AI", &["America/Anguilla"], "264"),
    ("AG", &["America/Antigua"], "268"),
    ("VG", &["America/Tortola"], "284"),
    ("KY", &["America/Cayman"], "345"),
    ("BM", &["Atlantic/Bermuda"], "441"),
    ("GD", &["America/Grenada"], "473"),
    ("TC", &["America/Grand_Turk"], "649"),
    ("JM", &["America/Jamaica"], "658 876"),
    ("MS", &["America/Montserrat"], "664"),
    ("SX", &["America/Lower_Princes"], "721"),
    ("LC", &["America/St_Lucia"], "758"),
    ("DM", &["America/Dominica"], "767"),
    ("VC", &["America/St_Vincent"], "784"),
    ("DO", &["America/Santo_Domingo"], "809 829 849"),
    ("TT", &["America/Port_of_Spain"], "868"),
    ("KN", &["America/St_Kitts"], "869"),
    (
        "US",
        countries::UNITED_STATES,
        "500 521 522 533 544 566 577 588 700 710 800 833 844 855 866 877 888 900",
    ),
];

/// The row of the area code that digits begin with.
fn row(digits: &str) -> Option<&'static Row> {
    let code = digits.get(..3)?;
    ROWS.iter().find(|(_, _, codes)| codes.split_ascii_whitespace().any(|known| known == code))
}

/// Whether an area code is in use.
pub(super) fn is_area(code: u16) -> bool {
    row(&code.to_string()).is_some()
}

/// The country of a number without its leading 1.
pub(super) fn country(digits: &str) -> Option<&'static Country> {
    countries::of_iso(row(digits)?.0)
}

/// The zones of a number without its leading 1: those of the whole plan's continent when its area is unknown.
pub(super) fn zones(digits: &str) -> &'static [&'static str] {
    row(digits).map_or(countries::UNITED_STATES, |(_, zones, _)| zones)
}

#[cfg(test)]
pub(super) fn rows() -> &'static [Row] {
    ROWS
}
