// Adverts: who takes them in, reads the queue and decides; who may purge what names an employer wrongly, or let a letter go; who reads an offer.
import { actions } from "./words.ts";

const works = `principal.roles.containsAny(["investigator", "analyst", "supervisor", "liaison"])
  && principal.agencyKind != "victim-services"
  && ["crime-investigation", "border-control", "mutual-assistance"].contains(context.purpose)`;

export const adPolicies = `
@id("advert.worked-by-investigators")
permit (principal is Simpul::Officer, action == Simpul::Action::"advert.work", resource is Simpul::Node)
when { ${works} };

// Only an administrator lets the node fetch anything from the open net.
@id("advert.feed-switched-by-administrator")
permit (principal is Simpul::Officer, action == Simpul::Action::"advert.feed", resource is Simpul::Node)
when { principal.roles.contains("administrator") && context.purpose == "administration" };

// What names an employer wrongly goes by the word of another than whoever wrote the dispute down.
@id("advert.dispute-decided-by-colleague")
permit (principal is Simpul::Officer, action == Simpul::Action::"advert.purge", resource is Simpul::Order)
when { ${works} };

// A letter to a platform or an inspectorate leaves by the word of another than its author.
@id("advert.letter-released-by-colleague")
permit (principal is Simpul::Officer, action == Simpul::Action::"advert.release", resource is Simpul::Order)
when { ${works} };

@id("advert.needs-second-person")
@needs("second-person")
forbid (principal, action in ${actions("advert.purge", "advert.release")}, resource is Simpul::Order)
when { !context.waived.contains("second-person") && resource has author && resource.author == principal };

// Nothing of a person is looked up and nothing is kept: whoever meets people who are about to leave may read an offer.
@id("offer.read-at-every-desk")
permit (principal is Simpul::Officer, action == Simpul::Action::"offer.read", resource is Simpul::Node)
when { principal.roles.containsAny(["investigator", "analyst", "supervisor", "liaison", "caseworker"]) };
`;
