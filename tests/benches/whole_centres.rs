//! How many calls a second a simulated centre takes, from two agents to thousands, with a policy that decides natively
//! and without one.
//!
//! `cargo bench -p tandem-tests --bench whole_centres`, on one thread.

#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark that cannot be set up must stop")]

use divan::Bencher;
use divan::counter::ItemsCount;
use tandem_centre::Core;
use tandem_simulation::{Centre, Files, Scenario, read_scenario, simulate_centre};
use tandem_tests::engines;

const POLICY: &str = "\
module bank
tier { guest, gold, vip }
intent { balance, lost_card, complaint }
skill cards, lending
record Customer { tier: tier }
source crm.customer(phone) -> Customer within 800ms
queue general
queue cards_desk { needs cards at level 1..5 }
queue lending_desk { needs lending at level 1..5 }
route arrival at start or intent decides queue, priority {
  let who = crm.customer(call.from) else guest
  table first match {
    call.intent | who.tier  -> queue        | priority | because
    lost_card   | any       -> cards_desk   | 90       | \"a lost card never waits\"
    complaint   | gold, vip -> lending_desk | 80       | \"valued caller\"
    any         | vip       -> cards_desk   | 70       | \"vip\"
    otherwise               -> general      | 10       | \"everybody else\"
  }
}
";

struct NoFiles;

impl Files for NoFiles {
    fn text(&self, name: &str) -> Result<String, String> {
        Err(format!("no `{name}`"))
    }
}

fn main() {
    divan::main();
}

/// Tens of thousands of calls, hundreds of thousands for 1,000 agents, who are busy 83 % of the time.
fn scenario(agents: u32) -> Scenario {
    let hours = (2_000.0 / f64::from(agents)).clamp(2.0, 2_000.0);
    let days = (hours / 24.0).ceil();
    let text = format!(
        "replications = 1\ndays = {days}\ntalk = \"4min\"\nafter_call = \"fixed 30s\"\n\
         [[arrivals]]\nrate = {rate}\n\
         caller = {{ intent = {{ balance = 6, lost_card = 1, complaint = 2 }}, tier = {{ guest = 8, gold = 2, vip = 1 }} }}\n\
         [[agents]]\ncount = {agents}\nskills = {{ cards = 3, lending = 2 }}\n",
        rate = f64::from(agents) * 11.0
    );
    read_scenario("bench.toml", &text, &NoFiles, &[]).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn core() -> Core {
    let checked = tandem_lang::check_texts([("bank.tdm", POLICY)]);
    let program = checked.program.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let [_, native] = engines::both(&program).expect("compiles");
    Core::new(native).expect("fits")
}

fn measure(bencher: Bencher<'_, '_>, agents: u32, core: Option<&Core>) {
    let scenario = scenario(agents);
    let centre = Centre::new(&scenario, core).unwrap_or_else(|error| panic!("{error}"));
    let calls = simulate_centre(&centre, 1, &|| {}).calls;
    bencher.counter(ItemsCount::new(calls)).bench_local(|| simulate_centre(&centre, 1, &|| {}));
}

#[divan::bench(args = [2, 10, 100, 1_000], sample_count = 5)]
fn with_a_policy(bencher: Bencher<'_, '_>, agents: u32) {
    measure(bencher, agents, Some(&core()));
}

#[divan::bench(args = [2, 10, 100, 1_000], sample_count = 5)]
fn without_a_policy(bencher: Bencher<'_, '_>, agents: u32) {
    measure(bencher, agents, None);
}
