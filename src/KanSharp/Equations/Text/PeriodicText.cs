using KanSharp.Equations.Domains;

namespace KanSharp.Equations.Text;

/// <summary>Gathers statements such as <c>u(x=-1)=u(x=1)</c> into conditions of periodicity, which hold for all unknowns and all their derivatives.</summary>
internal static class PeriodicText
{
    /// <summary>One condition for each axis.</summary>
    /// <param name="joined">Unknown or derivative, side, and where it was written.</param>
    /// <param name="names">The meaning of names.</param>
    public static IEnumerable<Condition> Conditions(IReadOnlyList<(string Name, Side Side, TextPart Part)> joined, ProblemNames names)
    {
        foreach (IGrouping<int, (string Name, Side Side, TextPart Part)> axis in joined.GroupBy(statement => statement.Side.Axis!.Value))
        {
            HashSet<string> given = [.. axis.Select(statement => statement.Name)];
            foreach ((string name, _, TextPart part) in axis)
            {
                if (!given.Contains(name.Split('_')[0]))
                    throw part.Error($"'{name}' alone is not joined between two sides; write also that of '{name.Split('_')[0]}', or 'periodic {names.Variables[axis.Key]}' for the unknowns with all derivatives");
            }

            if (names.Unknowns.FirstOrDefault(unknown => !given.Contains(unknown)) is { } missing)
                throw axis.First().Part.Error($"periodicity holds for all unknowns, and that of '{missing}' is not given; write 'periodic {names.Variables[axis.Key]}'");
            yield return Condition.Periodic(axis.First().Side);
        }
    }
}
