// Joint spaces: the contact point speaks for the state in them; members see and put in while the note lets them.
import { actions, contactPoint, worksCases } from "./words.ts";

export const jointPolicies = `
@id("joint.drafted-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"joint.draft", resource is Simpul::Node)
when { ${contactPoint} };

// JIT-3, JIT-5: who binds the state signs for it, and says who works in the space for it.
@id("joint.signed-by-contact-point")
permit (
  principal is Simpul::Officer,
  action in ${actions("joint.view", "joint.remark", "joint.members", "joint.sign")},
  resource is Simpul::Space
)
when { ${contactPoint} };

@id("joint.seen-by-members")
permit (
  principal is Simpul::Officer,
  action in ${actions("joint.view", "joint.remark")},
  resource is Simpul::Space
)
when { resource.members.contains(principal) && ${worksCases} };

// JIT-2: a lawyer whom her state named for the space, and never who signs for it.
@id("joint.cleared-by-lawyer")
permit (principal is Simpul::Officer, action == Simpul::Action::"joint.clear", resource is Simpul::Space)
when { resource.members.contains(principal) && principal.roles.contains("prosecutor") && !${contactPoint} };

// JIT-4: only while it stands open.
@id("joint.filled-by-members")
permit (
  principal is Simpul::Officer,
  action in ${actions("joint.contribute", "joint.release")},
  resource is Simpul::Space
)
when {
  resource.open && (${contactPoint} || (resource.contributors.contains(principal) && ${worksCases}))
};

// Figures without a person, for whoever coordinates and for who speaks for the state.
@id("coordination.read-by-unit")
permit (principal is Simpul::Officer, action == Simpul::Action::"coordination.read", resource is Simpul::Node)
when { principal.agencyKind == "coordination" || ${contactPoint} };

@id("joint.purpose-does-not-fit")
forbid (principal, action in ${actions("joint.contribute", "joint.release", "joint.sign", "joint.members", "joint.draft", "joint.remark", "joint.clear")}, resource)
when { ["oversight", "administration", "victim-assistance"].contains(context.purpose) };
`;
