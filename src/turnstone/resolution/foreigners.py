"""Words for those who are not of the state they are in."""

from __future__ import annotations

from turnstone.resolution.trees import listed

# "refugees in Ruritania" are not Ruritania's
FOREIGNERS = listed(
    "tourist foreigner migrant immigrant refugee expatriate pilgrim traveller traveler visitor diplomat ambassador "
    "envoy consul peacekeeper mercenary exile"
)
# they may be anybody's where only the scene of what they do is known
AWAY = FOREIGNERS | listed(
    "passenger crew sailor fisherman delegation delegate hostage volunteer emigrant pirate neighbour neighbor ally "
    "partner counterpart rival enemy opponent hacker"
)
# before a noun: "foreign troops"
FOREIGN = listed(
    "foreign international overseas migrant exiled visiting world worldwide globally abroad western global allied "
    "coalition european"
)
# words of the names of bodies that are of no state, or act abroad
OF_MANY = listed(
    "international european african asian world global nato arab islamic nations western foreign university embassy "
    "commonwealth muslims un eu au"
)
