// Exercises: who directs one. Who plays a role needs nothing beyond what her desk may do in earnest.

export const exercisePolicies = `
@id("exercise.directed-by-supervisors")
permit (principal is Simpul::Officer, action == Simpul::Action::"exercise.direct", resource is Simpul::Node)
when { principal.roles.containsAny(["supervisor", "liaison"]) };
`;
