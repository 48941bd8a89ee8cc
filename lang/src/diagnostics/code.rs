//! The list of codes. Numbers: 01 text, 02 syntax, 03 names, 04 types and units, 05 routes, 06 watches, 07 quality,
//! 08 tests, 09 phrases, calendars and sources, 10 dialogs, 14 queues and the centre,
//! 15 privacy, 16 guarantees and replays. `E` errors, `W` warnings; a code is never reused.

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Compiles, but deserves a look.
    Warning,
    /// Does not compile.
    Error,
}

macro_rules! codes {
    ($($variant:ident = $text:literal, $title:literal;)*) => {
        /// A permanent code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        impl Code {
            /// All codes in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code as printed, such as `E0301`.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// What it is about, in a few words.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }
        }
    };
}

impl Code {
    /// Errors begin with `E`, warnings with `W`.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self.text().as_bytes() {
            [b'W', ..] => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

codes! {
    NotUtf8 = "E0101", "the file is not UTF-8 text";
    FileTooLarge = "E0102", "the file is too large";
    NothingToRead = "E0103", "there is no policy here";
    NestedTooDeep = "E0104", "brackets are nested too deep";
    UnclosedBracket = "E0105", "a bracket is not closed";
    UnopenedBracket = "E0106", "a closing bracket has no opening one";
    UnclosedText = "E0107", "a text has no closing quotation mark";
    UnknownItem = "E0201", "a line begins with no item that there is";
    UnexpectedText = "E0202", "something else was expected here";
    UnknownStatement = "E0203", "a statement that does not belong here";
    CellCount = "E0204", "a row has more or fewer cells than its table has columns";
    BadLiteral = "E0205", "a literal that cannot be";
    UnknownName = "E0301", "a name that nothing declares";
    DeclaredTwice = "E0302", "a name declared twice";
    UnknownModule = "E0303", "a module that does not exist";
    UnknownType = "E0304", "a type that does not exist";
    UnusedName = "W0305", "a name that nothing uses";
    MixedUnits = "E0401", "units or types that do not go together";
    WrongType = "E0402", "a value of another type was expected";
    NeedsElse = "E0403", "an answer that may be unknown is not handled";
    FieldNotAnswered = "E0404", "a field has no answer when the source has none";
    DivisionNeedsElse = "E0405", "a division by something that may be zero";
    NotHere = "E0406", "an expression that does not work in this place";
    RouteHasGap = "E0501", "a call that no row or rule answers";
    RowNeverReached = "W0502", "a row or rule that can never decide";
    OutputNotDecided = "E0503", "an output that a rule does not decide";
    WatchIncomplete = "E0601", "a watch without a condition or an action";
    QaItemIncomplete = "E0701", "a quality item that cannot be judged";
    TestOutOfOrder = "E0801", "a test whose times go backwards";
    BadPattern = "E0901", "a phrase that cannot be matched";
    BadZone = "E0902", "a time zone that does not exist";
    BadHours = "E0903", "hours or days that cannot be";
    BadPhoneNumber = "E0904", "a phone number that is not in international form";
    TooLarge = "E0407", "an expression that is too large";
    EmptyRange = "E0408", "a range that nothing lies in";
    NotFullyChecked = "W0504", "a route too large to be checked to the end";
    NoWayOut = "E1001", "a question that a caller may never leave";
    TooManyLevels = "E1002", "questions that stand too deep in one another";
    TransferNotAsked = "E1003", "a transfer that the caller has not asked for";
    PersonOutOfReach = "E1004", "a caller who asks again for a person may get none";
    HandedOverMissing = "E1005", "something handed over that is not there";
    LanguageMissing = "E1006", "a text that is not in every language of its dialog";
    OfferIncomplete = "E1007", "an offer without its yes or its no";
    NeverHeard = "E1008", "a handler or an act that can never come";
    IncludesItself = "E0905", "phrases that include themselves";
    OverflowCircle = "W1401", "queues that overflow into one another in a circle";
    StepNeverReached = "W1402", "a step of a wait that comes too late or changes nothing";
    DayWithoutVersion = "E1404", "a day on which no version of a route decides";
    ModeNeverEnds = "E1405", "a mode that nothing ends";
    ModeOfItself = "E1408", "a mode that asks for itself";
    CentreIncomplete = "E1406", "a sampling, an experiment, an export or a target that says nothing";
    SidesDiffer = "E1407", "an experiment whose sides do not fit each other";
    SensitiveShown = "E1501", "a sensitive value that would be seen";
    RoleMayNotSee = "E1502", "a value that somebody would see who may not";
    ProtectedDecides = "W1503", "a protected fact that decides without a reason";
    LocalLeaves = "E1504", "something local that a source in the cloud would be asked with";
    NotAnonymised = "E1505", "an export that is not anonymised";
    NeedsNeverMet = "W1403", "skills that no agent can have together";
    CampaignIncomplete = "E1101", "a campaign that cannot call";
    LeadsUnfit = "E1102", "a source that gives no leads";
    HoursNeverOpen = "E1103", "hours in which nobody can ever be called";
    SmallTeam = "W1104", "predictive dialling for a small team";
    GradeNotFollowed = "W1105", "a grade that nothing follows";
    CallsWithoutLimit = "W1106", "a campaign that may call somebody without end";
    TestIncomplete = "E0802", "a test of a campaign that says too little";
    GivenNeverAsked = "W0803", "an answer that a test gives and nothing asks for";
    LawWithoutSource = "E1201", "a law that does not say where it stands";
    LawHours = "E1202", "hours that a law does not allow";
    LawAttempts = "E1203", "more attempts than a law allows";
    LawAbandonment = "E1204", "more abandoned calls than a law allows";
    LawGuard = "E1205", "a guard that a law asks for is missing";
    LawTiming = "E1206", "rings shorter or connects later than a law allows";
    LawMissing = "E1207", "something that a law asks for is not said";
    LawQuiet = "E1208", "a quiet period shorter than a law asks for";
    TicketIncomplete = "E1301", "a ticket that cannot be worked on";
    GuaranteeBroken = "E1601", "a guarantee that a call does not keep";
    GuaranteeTooLarge = "E1602", "a guarantee that cannot be proved";
    GuaranteeIncomplete = "E1603", "a guarantee that promises nothing";
    GuaranteeNeverApplies = "W1604", "a guarantee that no call comes to";
    ReplayNotJudged = "E1605", "a replay that recordings cannot judge";
    CallBackTooLate = "E1302", "a call-back that the hours cannot keep";
    TicketNeverClosed = "E1303", "a ticket that can never be closed";
    TicketStepNotReached = "W1304", "a step of a ticket that none comes to";
    DaysOfOpenHours = "W1305", "days of a calendar that is not always open";
}
