using KanSharp.Equations.Domains;

namespace KanSharp.Equations.Solving;

/// <summary>
/// What of a problem is built into the solution: every unknown is u = lift + w, and w = distance·v with a network's output v, where the distance vanishes on the
/// sides whose values are prescribed and, to the order of the initial conditions, at the beginning of time.
/// </summary>
/// <param name="Fields">One for each unknown.</param>
/// <param name="PeriodicAxes">Axes along which everything is periodic.</param>
/// <param name="Soft">Conditions that are left to the loss.</param>
/// <param name="BuiltIn">Conditions that hold by construction, in words.</param>
/// <param name="Notes">What a user should know.</param>
internal sealed record Construction(
    IReadOnlyList<FieldConstruction> Fields, IReadOnlySet<int> PeriodicAxes, IReadOnlyList<Condition> Soft, IReadOnlyList<string> BuiltIn, IReadOnlyList<string> Notes)
{
    /// <summary>Whether time can be marched in windows: every unknown's beginning is built in.</summary>
    public bool CanMarch(Domain domain) => TimeAxis.Of(domain) >= 0 && Fields.All(field => field.InitialOrders > 0);
}

/// <summary>What is built into one unknown.</summary>
/// <param name="Lift">Takes all prescribed values, in all of time.</param>
/// <param name="SpaceDistance">Vanishes on the sides of space.</param>
/// <param name="InitialOrders">Derivatives in time that the beginning prescribes: 0 (none), 1 (values) or 2 (values and slopes).</param>
internal sealed record FieldConstruction(GivenFunction Lift, GivenFunction SpaceDistance, int InitialOrders);
