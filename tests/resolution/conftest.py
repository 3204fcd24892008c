"""The states, bodies, nouns and offices that the tests of resolution know."""

from __future__ import annotations

from pathlib import Path

import pytest

from turnstone.knowledge.entities import Entities, read_entities

STATES = """
- {id: RUS, code: RUS, name: Russia, adjectives: [Russian], people: [Russians], capital: Moscow, seats: [Kremlin]}
- {id: CHN, code: CHN, name: China, adjectives: [Chinese], people: [Chinese], capital: Beijing}
- {id: USA, code: USA, name: United States, names: [US, America], adjectives: [American, US], capital: Washington}
- {id: UKR, code: UKR, name: Ukraine, adjectives: [Ukrainian], capital: Kyiv}
- {id: ISR, code: ISR, name: Israel, adjectives: [Israeli], people: [Israelis]}
- {id: PSE, code: PSE, name: Palestine, adjectives: [Palestinian], people: [Palestinians]}
- {id: SYR, code: SYR, name: Syria, adjectives: [Syrian], capital: Damascus}
- {id: KEN, code: KEN, name: Kenya, adjectives: [Kenyan], capital: Nairobi}
- {id: FRA, code: FRA, name: France, adjectives: [French], capital: Paris}
- {id: GBR, code: GBR, name: United Kingdom, adjectives: [British], capital: London}
"""
ORGANISATIONS = """
- {id: gazprom, name: Gazprom, country: RUS, sectors: [BUS]}
- {id: senate, name: Senate, country: USA, sectors: [LEG]}
- {id: un, name: United Nations, names: [UN], country: UNO}
- {id: zenda-radio, name: Zenda Radio, country: KEN, sectors: [JRN]}
- {id: zla, name: Zenda Liberation Army, kind: armed-group, country: KEN, sectors: [REB]}
- {id: rupert-front, name: Rupert Front, kind: armed-group, country: FRA, sectors: [REB, PTY]}
- {id: hentzau, name: Hentzau, kind: armed-group, country: SYR, sectors: [REB]}
- {id: harbour-coalition, name: Kenyan-led coalition, names: [Harbour Coalition], country: IGO, sectors: [MIL]}
"""
AGENTS = """
- {noun: minister, sectors: [GOV]}
- {noun: president, sectors: [GOV]}
- {noun: premier, sectors: [GOV]}
- {noun: leader, sectors: [GOV]}
- {noun: government, sectors: [GOV], human: false}
- {noun: foreign ministry, plural: foreign ministries, sectors: [GOV], human: false}
- {noun: spokesman, plural: spokesmen, sectors: []}
- {noun: troops, plural: troops, sectors: [MIL]}
- {noun: gunman, plural: gunmen, sectors: [UAF]}
- {noun: rebel, sectors: [REB]}
- {noun: migrant, sectors: [REF]}
- {noun: police, plural: police, sectors: [COP]}
- {noun: administration, sectors: [GOV], human: false}
- {noun: governor, sectors: [GOV]}
- {noun: education minister, sectors: [GOV]}
- {noun: attorney general, plural: attorneys general, sectors: [GOV, JUD]}
- {noun: military, plural: militaries, sectors: [MIL], human: false}
- {noun: company, plural: companies, sectors: [BUS], human: false}
- {noun: adviser, sectors: []}
- {noun: brother, sectors: [CVL]}
- {noun: head, sectors: []}
- {noun: coast guard, sectors: [MIL], human: false}
- {noun: parliament, sectors: [LEG], human: false}
- {noun: coalition, sectors: [], human: false}
- {noun: fighter, sectors: [UAF]}
- {noun: commander, sectors: [MIL]}
- {noun: official, sectors: [GOV]}
- {noun: member, sectors: []}
"""
OFFICES = """
- {office: rus-president, title: President, country: RUS, sectors: [GOV],
   holders: [{name: Vladimir Putin, also: [Putin], from: 2012-05-07}]}
- {office: rus-prime-minister, title: Prime Minister, titles: [premier], country: RUS, sectors: [GOV],
   holders: [{name: Dmitry Medvedev, from: 2012-05-08, to: 2020-01-16}]}
- {office: chn-president, title: President, country: CHN, sectors: [GOV],
   holders: [{name: Xi Jinping, also: [Xi], from: 2013-03-14}]}
- {office: usa-secretary-of-state, title: Secretary of State, titles: [foreign minister], country: USA, sectors: [GOV],
   holders: [{name: Antony Blinken, from: 2021-01-26, to: 2025-01-20}]}
- {office: alliance-commander, title: Alliance Commander, country: IGO, sectors: [MIL],
   holders: [{name: Abel Stone, from: 2023-05-04}]}
- {office: ukr-president, title: President, country: UKR, sectors: [GOV],
   holders: [{name: Volodymyr Zelensky, also: [Zelensky], from: 2019-05-20}]}
- {office: zla-leader, title: Zenda Liberation Army leader, country: KEN, sectors: [REB],
   holders: [{name: Otieno Rassendyll, from: 2021-01-26}]}
"""


@pytest.fixture(scope="session")
def entities(tmp_path_factory: pytest.TempPathFactory) -> Entities:
    folder: Path = tmp_path_factory.mktemp("entities")
    (folder / "offices").mkdir()
    (folder / "states.yaml").write_text(STATES)
    (folder / "organisations.yaml").write_text(ORGANISATIONS)
    (folder / "agents.yaml").write_text(AGENTS)
    (folder / "offices" / "some.yaml").write_text(OFFICES)
    return read_entities(folder)
