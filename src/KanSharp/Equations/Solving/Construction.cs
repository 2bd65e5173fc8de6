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
    /// <summary>
    /// Whether time can be marched in windows: the beginning of every unknown is built in to the order that its equations have in time, and nothing is said of the
    /// end of time.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="derivatives">What occurs in its equations.</param>
    public bool CanMarch(EquationProblem problem, IEnumerable<FieldDerivative> derivatives)
    {
        int time = TimeAxis.Of(problem.Domain);
        if (time < 0 || PeriodicAxes.Contains(time) || problem.Conditions.Any(condition => condition.Sides.Any(side => side.IsFinal)))
            return false;
        var orders = derivatives.GroupBy(derivative => derivative.Field).ToDictionary(group => group.Key, group => group.Max(derivative => derivative.Partial.Count(time)));
        return Enumerable.Range(0, Fields.Count).All(field => Fields[field].InitialOrders >= orders.GetValueOrDefault(field)) && orders.Values.Any(order => order > 0);
    }
}

/// <summary>What is built into one unknown.</summary>
/// <param name="Lift">Takes all prescribed values, in all of time.</param>
/// <param name="SpaceDistance">Vanishes on the sides of space.</param>
/// <param name="InitialOrders">Derivatives in time that the beginning prescribes: 0 (none), 1 (values) or 2 (values and slopes).</param>
internal sealed record FieldConstruction(GivenFunction Lift, GivenFunction SpaceDistance, int InitialOrders);
