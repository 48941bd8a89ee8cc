//! What a detector of answering machines gets wrong, in numbers that laws count.
//!
//! A law counts a person who was taken for a machine and hung up on as abandoned, and a machine as nobody. Which answer was
//! which, nobody knows; how many of each, the detector's measured errors tell (the Rogan–Gladen estimator of a share from
//! an imperfect test; Rogan & Gladen 1978, "Estimating prevalence from the results of a screening test").

/// How good a detector is that tells answering machines from people, as somebody has measured it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DetectorQuality {
    /// Share of machines that it takes for machines, 0..1.
    pub found: f64,
    /// Share of people whom it takes for machines, 0..1.
    pub person_taken: f64,
}

impl Default for DetectorQuality {
    /// It is never wrong.
    fn default() -> Self {
        Self { found: 1.0, person_taken: 0.0 }
    }
}

/// Each answer makes those before it count so much less.
const FADE: f64 = 0.9995;
/// What is believed before the first answer: as many people as machines, as if so many answers told.
const PRIOR_ANSWERS: f64 = 10.0;
/// A detector whose shares differ by less tells nothing; every answer counts as a person's.
const TELLS_LEAST: f64 = 0.05;

/// The detector with what it has made of answers.
#[derive(Clone, Debug)]
pub(super) struct Confusion {
    quality: DetectorQuality,
    taken_for_people: f64,
    taken_for_machines: f64,
}

impl Confusion {
    pub(super) fn new(quality: DetectorQuality) -> Self {
        let DetectorQuality { found, person_taken } = quality;
        let machines = PRIOR_ANSWERS * 0.5 * (found + person_taken);
        Self { quality, taken_for_people: PRIOR_ANSWERS - machines, taken_for_machines: machines }
    }

    /// An answer was taken for a machine, or for a person.
    pub(super) fn learn(&mut self, machine: bool) {
        self.taken_for_people *= FADE;
        self.taken_for_machines *= FADE;
        *(if machine { &mut self.taken_for_machines } else { &mut self.taken_for_people }) += 1.0;
    }

    /// The probability that an answer that was taken for a machine, or for a person, was a person's.
    pub(super) fn is_person(&self, machine: bool) -> f64 {
        let DetectorQuality { found, person_taken } = self.quality;
        if found - person_taken < TELLS_LEAST {
            return 1.0;
        }
        let answers = self.taken_for_people + self.taken_for_machines;
        let told = found * self.taken_for_people - (1.0 - found) * self.taken_for_machines;
        let people = (told / (found - person_taken)).clamp(0.0, answers);
        let machines = answers - people;
        let (of_people, of_machines) = if machine {
            (people * person_taken, machines * found)
        } else {
            (people * (1.0 - person_taken), machines * (1.0 - found))
        };
        if of_people + of_machines > 0.0 {
            of_people / (of_people + of_machines)
        } else {
            f64::from(u8::from(!machine))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_detector_leaves_nothing_in_doubt() {
        let mut perfect = Confusion::new(DetectorQuality::default());
        (0..50).for_each(|answer| perfect.learn(answer % 3 == 0));
        assert_eq!((perfect.is_person(false), perfect.is_person(true)), (1.0, 0.0));
    }

    #[test]
    fn what_is_hung_up_on_is_found_from_the_detectors_errors() {
        // 600 people and 400 machines; 92 % of machines found, 5 % of people taken: 398 machines told, 30 of them people.
        let mut unsure = Confusion::new(DetectorQuality { found: 0.92, person_taken: 0.05 });
        for answer in 0..20_000_u32 {
            unsure.learn(answer.wrapping_mul(2_654_435_761) >> 8 < (0.398 * f64::from(1 << 24)) as u32);
        }
        let hung_up = unsure.is_person(true) * 398.0;
        assert!((hung_up - 30.0).abs() < 3.0, "{hung_up}");
        let people = unsure.is_person(false) * 602.0;
        assert!((people - 570.0).abs() < 5.0, "{people}");
    }

    #[test]
    fn a_detector_that_tells_nothing_excuses_nothing() {
        let useless = Confusion::new(DetectorQuality { found: 0.5, person_taken: 0.5 });
        assert_eq!((useless.is_person(false), useless.is_person(true)), (1.0, 1.0));
    }
}
