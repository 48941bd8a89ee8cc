//! Who talked how long, and how long nobody has.

use tandem_stdlib::contract::{Frame, Party, Turn};

use crate::schedule::{of, of_mut};

/// Talk of one call so far.
///
/// Frames know best: once one frame says that somebody speaks, turns no longer count. Without frames the turns'
/// lengths count, and silence ends where the host tells that speech begins, or at the turn's end if it does not.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Talk {
    talked_ms: [i64; 2],
    speaking: [bool; 2],
    last_spoken_ms: i64,
    measured: bool,
}

impl Talk {
    /// Whether frames have told of speech.
    pub(crate) const fn is_measured(&self) -> bool {
        self.measured
    }

    pub(crate) fn frame(&mut self, now_ms: i64, frame: &Frame) {
        if !frame.speaking {
            return;
        }
        if !self.measured {
            self.measured = true;
            self.talked_ms = [0; 2];
            self.speaking = [false; 2];
        }
        self.last_spoken_ms = now_ms;
        let talked = of_mut(&mut self.talked_ms, frame.party);
        *talked = talked.saturating_add(Frame::STEP_MS);
    }

    pub(crate) fn turn(&mut self, now_ms: i64, turn: &Turn<'_>) {
        if self.measured {
            return;
        }
        *of_mut(&mut self.speaking, turn.party) = false;
        self.last_spoken_ms = now_ms;
        let talked = of_mut(&mut self.talked_ms, turn.party);
        *talked = talked.saturating_add(turn.end_ms.saturating_sub(turn.start_ms).max(0));
    }

    /// The host tells that speech begins or ends. Answers whether it counts.
    pub(crate) fn edge(&mut self, now_ms: i64, party: Party, speaking: bool) -> bool {
        if self.measured {
            return false;
        }
        *of_mut(&mut self.speaking, party) = speaking;
        self.last_spoken_ms = now_ms;
        true
    }

    /// Since when nobody speaks; `None`: somebody does.
    pub(crate) fn quiet_since_ms(&self) -> Option<i64> {
        (!self.speaking.contains(&true)).then_some(self.last_spoken_ms)
    }

    /// Milliseconds since anybody spoke.
    pub(crate) fn silence_ms(&self, now_ms: i64) -> i64 {
        if self.speaking.contains(&true) { 0 } else { now_ms.saturating_sub(self.last_spoken_ms).max(0) }
    }

    /// Share of the talk so far, 0..1; NaN before anybody spoke.
    pub(crate) fn share(&self, party: Party) -> f64 {
        let [customer, agent] = self.talked_ms;
        *of(&self.talked_ms, party) as f64 / customer.saturating_add(agent) as f64
    }
}
