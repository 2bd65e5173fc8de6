using KanSharp.Autodiff;
using KanSharp.Symbolics;

namespace KanSharp.Equations;

/// <summary>
/// What the names in an equation mean: variables of the domain (<c>x</c>), unknowns (<c>u</c>), their derivatives (<c>u_xx</c>, <c>u_xt</c>), unknown coefficients,
/// and on sides the components of the outward normal (<c>n_x</c>).
/// </summary>
public sealed class ProblemNames
{
    private const string Normal = "n_";
    private readonly string[] _variables;
    private readonly string[] _unknowns;
    private readonly string[] _coefficients;

    /// <summary>Checks and keeps the names.</summary>
    /// <param name="variables">Variables of the domain, in the order of its axes.</param>
    /// <param name="unknowns">The unknown functions.</param>
    /// <param name="coefficients">Numbers to be identified; none by default.</param>
    /// <exception cref="ArgumentException">A name is no identifier, holds an underscore, is a constant or function, or occurs twice.</exception>
    public ProblemNames(IEnumerable<string> variables, IEnumerable<string> unknowns, IEnumerable<string>? coefficients = null)
    {
        (_variables, _unknowns, _coefficients) = ([.. variables], [.. unknowns], [.. coefficients ?? []]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in (IEnumerable<string>)[.. _variables, .. _unknowns, .. _coefficients])
        {
            if (string.IsNullOrEmpty(name) || !(char.IsLetter(name[0]) && name.All(char.IsLetterOrDigit)))
                throw new ArgumentException($"'{name}' can not name a variable, unknown or coefficient: names are letters and digits, beginning with a letter.", nameof(variables));
            if (name is "pi" or "e" || (name != "x" && FunctionCatalog.Standard.Find(name) is not null))
                throw new ArgumentException($"'{name}' is a constant or function of expressions and can not name a variable, unknown or coefficient.", nameof(variables));
            if (!seen.Add(name))
                throw new ArgumentException($"The name '{name}' is used twice.", nameof(variables));
        }

        if (_unknowns.Length == 0)
            throw new ArgumentException("A problem has at least one unknown.", nameof(unknowns));
    }

    /// <summary>Variables of the domain.</summary>
    public IReadOnlyList<string> Variables => _variables;

    /// <summary>The unknown functions.</summary>
    public IReadOnlyList<string> Unknowns => _unknowns;

    /// <summary>Numbers to be identified.</summary>
    public IReadOnlyList<string> Coefficients => _coefficients;

    /// <summary>The axis that a name is the variable of; −1 for none.</summary>
    public int Axis(string name) => Array.IndexOf(_variables, name);

    /// <summary>The coefficient of that name; −1 for none.</summary>
    public int Coefficient(string name) => Array.IndexOf(_coefficients, name);

    /// <summary>The axis whose component of the normal a name means; −1 for none.</summary>
    public int NormalAxis(string name) => name.StartsWith(Normal, StringComparison.Ordinal) && !_unknowns.Contains("n") ? Axis(name[Normal.Length..]) : -1;

    /// <summary>The unknown or derivative that a name means: <c>u</c>, <c>u_xx</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="derivative">The derivative.</param>
    /// <returns>Whether it is one.</returns>
    public bool TryDerivative(string name, out FieldDerivative derivative) => Explain(name, out derivative) is null;

    /// <summary>Null if the name is an unknown or a derivative of one, else why not.</summary>
    internal string? Explain(string name, out FieldDerivative derivative)
    {
        derivative = default;
        int bar = name.IndexOf('_', StringComparison.Ordinal);
        string unknown = bar < 0 ? name : name[..bar];
        int field = Array.IndexOf(_unknowns, unknown);
        if (field < 0)
            return $"'{name}' is no {Kinds()}";
        if (bar < 0)
        {
            derivative = new FieldDerivative(field, PartialDerivative.Value);
            return null;
        }

        var axes = new List<int>();
        string rest = name[(bar + 1)..];
        while (rest.Length > 0)
        {
            // the longest variable that fits, so that x1 is not read as x
            int axis = Enumerable.Range(0, _variables.Length).Where(index => rest.StartsWith(_variables[index], StringComparison.Ordinal))
                .OrderByDescending(index => _variables[index].Length).FirstOrDefault(-1);
            if (axis < 0)
                return $"'{name}' is no derivative of '{unknown}': after the underscore stand variables ({string.Join(", ", _variables)}), not '{rest}'";
            axes.Add(axis);
            rest = rest[_variables[axis].Length..];
        }

        if (axes.Count is 0 or > PartialDerivative.MaxOrder)
            return $"'{name}' is a derivative of order {axes.Count}; orders 1 to {PartialDerivative.MaxOrder} are supported";
        derivative = new FieldDerivative(field, PartialDerivative.Of([.. axes]));
        return null;
    }

    /// <summary>The name of a derivative: <c>u_xx</c>.</summary>
    public string NameOf(FieldDerivative derivative) => derivative.Partial.Order == 0
        ? _unknowns[derivative.Field]
        : $"{_unknowns[derivative.Field]}_{string.Concat(Enumerable.Range(0, derivative.Partial.Order).Select(index => _variables[derivative.Partial[index]]))}";

    private string Kinds()
    {
        string text = $"variable ({string.Join(", ", _variables)}), unknown ({string.Join(", ", _unknowns)}) or derivative of one";
        return _coefficients.Length == 0 ? text : text + $", or coefficient ({string.Join(", ", _coefficients)})";
    }
}
