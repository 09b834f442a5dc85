//! Owns what the last self-test found, for those who only look meanwhile. It is forgotten once its card is another one.

use super::card::CardDiagnosis;
use super::diagnosis::{Diagnosis, SelfTest};
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(crate) struct KeptTests(BTreeMap<String, Kept>);

#[derive(Debug)]
struct Kept {
    test: SelfTest,
    addresses: Vec<String>,
    link: bool,
}

impl KeptTests {
    /// Keeps what a self-test of `diagnosis` found, and adds what an earlier one did.
    pub(crate) fn remember(&mut self, diagnosis: &mut Diagnosis) {
        self.0.retain(|name, kept| {
            diagnosis.cards.iter().any(|card| card.interface == *name && kept.is_of(card))
        });
        for card in &mut diagnosis.cards {
            match &card.self_test {
                Some(test) => drop(self.0.insert(card.interface.clone(), Kept::of(test, card))),
                None => card.self_test = self.0.get(&card.interface).map(|kept| kept.test.clone()),
            }
        }
    }
}

impl Kept {
    fn of(test: &SelfTest, card: &CardDiagnosis) -> Self {
        Self { test: test.clone(), addresses: card.addresses.clone(), link: card.link }
    }

    fn is_of(&self, card: &CardDiagnosis) -> bool {
        card.up && card.link == self.link && card.addresses == self.addresses
    }
}

#[cfg(test)]
mod tests {
    use super::super::card::tests::card;
    use super::super::{Verdict, conclude};
    use super::*;

    fn diagnosis(card: CardDiagnosis) -> Diagnosis {
        Diagnosis {
            verdict: Verdict::Fine,
            summary: String::new(),
            group: "224.0.1.75:5060".parse().unwrap(),
            cards: vec![card],
            left_out: Vec::new(),
            holders: Vec::new(),
            problems: Vec::new(),
            cannot_see: String::new(),
        }
    }

    #[test]
    fn a_self_test_that_failed_stays_until_the_next_one_or_until_the_card_is_another() {
        let mut kept = KeptTests::default();
        let mut tested = card();
        tested.self_test.as_mut().unwrap().heard = false;
        kept.remember(&mut diagnosis(tested));

        let looked = || CardDiagnosis { self_test: None, ..card() };
        let mut found = diagnosis(looked());
        kept.remember(&mut found);
        conclude(&mut found, &super::super::DoctorPlan::default());
        assert_eq!(found.verdict, Verdict::Broken, "{found:?}");

        let mut other =
            diagnosis(CardDiagnosis { addresses: vec!["192.0.2.8/24".into()], ..looked() });
        kept.remember(&mut other);
        assert_eq!(other.cards[0].self_test, None);
        let mut again = diagnosis(looked());
        kept.remember(&mut again);
        assert_eq!(again.cards[0].self_test, None, "what was forgotten does not come back");
    }
}
