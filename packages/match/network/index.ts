// Networks from stated links: how sure each is, who stands between the others, whose going parts them.
export { addDependencies, betweennessFrom, betweennessOf, nearRows, type NearRows } from "./betweenness.ts";
export { cutOf, fragmentation, pairsWithout, type Cut } from "./cut.ts";
export { NetworkError, type NetworkCode } from "./errors.ts";
export { networkLimits, networkOf, type Edge, type Network, type Rows, type Statement } from "./graph.ts";
export { count, keyPlayers, type Counted, type KeyPlayers, type Player } from "./players.ts";
export { suretyOf, suretyOfAll, suretys, type Grounds, type Surety } from "./sure.ts";
