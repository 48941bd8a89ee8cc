//! Which agents serve: skills with levels, and how the demand relaxes with waiting.

use tandem_stdlib::contract::{Need, SkillNeed, Slot, WaitingAction, WaitingStep};

/// Whether skills meet any one of the needs; no needs are met by everybody.
pub(super) fn serves(needs: &[Need], skills: &[(Slot, u8)]) -> bool {
    needs.is_empty() || needs.iter().any(|need| need.all_of.iter().all(|wanted| meets(*wanted, skills)))
}

fn meets(wanted: SkillNeed, skills: &[(Slot, u8)]) -> bool {
    let level = level_in(wanted.skill, skills);
    level > 0 && (wanted.low..=wanted.high).contains(&level)
}

/// The level in a skill; 0 without it.
pub(super) fn level_in(skill: Slot, skills: &[(Slot, u8)]) -> u8 {
    skills.iter().filter(|(own, _)| *own == skill).map(|(_, level)| *level).max().unwrap_or(0)
}

/// The highest level in any skill that is wanted; 0 when none is.
pub(super) fn level_wanted(needs: &[Need], skills: &[(Slot, u8)]) -> u8 {
    let wanted = needs.iter().flat_map(|need| &need.all_of);
    wanted.map(|wanted| level_in(wanted.skill, skills)).max().unwrap_or(0)
}

/// Needs after the first `count` steps that relax them. A step adds ways to serve and takes none away.
pub(super) fn relaxed(base: &[Need], steps: &[WaitingStep], count: usize) -> Vec<Need> {
    let mut needs = base.to_vec();
    if base.is_empty() {
        return needs;
    }
    for step in steps.iter().filter(|step| relaxes(step.action)).take(count) {
        match step.action {
            WaitingAction::AcceptLevels { low, high } => needs.extend(base.iter().map(|need| Need {
                all_of: need.all_of.iter().map(|wanted| SkillNeed { low, high, ..*wanted }).collect(),
            })),
            WaitingAction::AcceptSkill(skill) => {
                needs.push(Need { all_of: vec![SkillNeed { skill, low: 1, high: u8::MAX }] });
            }
            _ => {}
        }
    }
    needs
}

/// Whether a step changes who serves.
pub(super) const fn relaxes(action: WaitingAction) -> bool {
    matches!(action, WaitingAction::AcceptLevels { .. } | WaitingAction::AcceptSkill(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(skills: &[(Slot, u8, u8)]) -> Need {
        Need { all_of: skills.iter().map(|&(skill, low, high)| SkillNeed { skill, low, high }).collect() }
    }

    #[test]
    fn all_of_one_need_and_any_of_several() {
        let needs = [need(&[(1, 4, 5), (2, 1, 5)]), need(&[(3, 1, 5)])];
        assert!(serves(&needs, &[(1, 4), (2, 1)]));
        assert!(serves(&needs, &[(3, 1)]));
        assert!(!serves(&needs, &[(1, 5)]));
        assert!(!serves(&needs, &[(1, 3), (2, 5)]));
        assert!(serves(&[], &[]));
    }

    #[test]
    fn relaxing_adds_ways_to_serve() {
        let steps = [
            WaitingStep { after_ms: 0, action: WaitingAction::OfferCallback },
            WaitingStep { after_ms: 1, action: WaitingAction::AcceptLevels { low: 1, high: 2 } },
            WaitingStep { after_ms: 2, action: WaitingAction::AcceptSkill(9) },
        ];
        let base = [need(&[(1, 4, 5)])];
        let serving = |count, level| serves(&relaxed(&base, &steps, count), &[(1, level)]);
        assert!(serving(1, 5) && serving(1, 1) && !serving(1, 3) && !serving(0, 1));
        assert!(serves(&relaxed(&base, &steps, 2), &[(9, 1)]));
        assert!(relaxed(&[], &steps, 2).is_empty());
    }
}
