using System.Collections;
using KanSharp.Symbolics.Functions;
using static KanSharp.Symbolics.Functions.FunctionKind;

namespace KanSharp.Symbolics;

/// <summary>An ordered list of functions with distinct names. Catalogues are immutable; <see cref="With"/> and <see cref="Select"/> give new ones.</summary>
public sealed class FunctionCatalog : IReadOnlyList<CatalogFunction>
{
    // A function of functions of functions could otherwise grow without bound
    private const int MostNodes = 1000, MostDepth = 100;

    private static readonly string[] PykanNames =
    [
        "0", "x", "x^2", "x^3", "x^4", "x^5", "1/x", "1/x^2", "1/x^3", "1/x^4", "1/x^5", "sqrt", "x^1.5", "1/sqrt(x)", "exp", "log", "abs", "sin", "cos",
        "tan", "tanh", "sgn", "arcsin", "arccos", "arctan", "arctanh", "gaussian",
    ];

    private readonly CatalogFunction[] _functions;
    private readonly Dictionary<string, CatalogFunction> _byName = new(StringComparer.Ordinal);

    private FunctionCatalog(IEnumerable<CatalogFunction> functions)
    {
        _functions = [.. functions];
        foreach (CatalogFunction function in _functions)
        {
            foreach (string name in (IEnumerable<string>)[function.Name, .. function.Aliases])
            {
                if (!_byName.TryAdd(name, function))
                    throw new ArgumentException($"The catalogue already has a function '{name}'. Choose another name.", nameof(functions));
            }
        }
    }

    /// <summary>Every function of the library; see docs/expressions.md for the table.</summary>
    public static FunctionCatalog Standard { get; } = new(
    [
        new(Zero, "0", 0, family: "constant"),
        new(One, "1", 1, family: "constant"),
        new(Identity, "x", 1),
        new(Power, "x^2", 2, power: 2),
        new(Power, "x^3", 3, power: 3),
        new(Power, "x^4", 3, power: 4),
        new(Power, "x^5", 3, power: 5),
        new(Power, "1/x", 2, FunctionDomain.NonZero, power: -1, aliases: "x^-1"),
        new(Power, "1/x^2", 2, FunctionDomain.NonZero, power: -2, aliases: "x^-2"),
        new(Power, "1/x^3", 3, FunctionDomain.NonZero, power: -3, aliases: "x^-3"),
        new(Power, "1/x^4", 4, FunctionDomain.NonZero, power: -4, aliases: "x^-4"),
        new(Power, "1/x^5", 5, FunctionDomain.NonZero, power: -5, aliases: "x^-5"),
        new(Power, "sqrt", 2, FunctionDomain.PositiveWithValueAtZero, power: 0.5, aliases: "x^0.5"),
        new(Power, "x^1.5", 4, FunctionDomain.PositiveWithValueAtZero, power: 1.5),
        new(Power, "1/sqrt(x)", 2, FunctionDomain.Positive, power: -0.5, aliases: ["1/x^0.5", "x^-0.5"]),
        new(FittedPower, "x^p", 4, FunctionDomain.Positive),
        new(Exp, "exp", 2),
        new(Log, "log", 2, FunctionDomain.Positive, aliases: "ln"),
        new(LogOnePlus, "log1p", 3, FunctionDomain.AboveMinusOne, family: "log"),
        new(Abs, "abs", 3),
        new(Sign, "sgn", 3, aliases: "sign"),
        new(Step, "step", 3, family: "sgn", aliases: "heaviside"),
        new(ReLU, "relu", 3),
        new(Sin, "sin", 2),
        new(Cos, "cos", 2, family: "sin"),
        new(Tan, "tan", 3, FunctionDomain.AwayFromPoles),
        new(Arcsin, "arcsin", 4, FunctionDomain.InsideUnitWithValueAtEnds, aliases: "asin"),
        new(Arccos, "arccos", 4, FunctionDomain.InsideUnitWithValueAtEnds, family: "arcsin", aliases: "acos"),
        new(Arctan, "arctan", 4, aliases: "atan"),
        new(Sinh, "sinh", 5),
        new(Cosh, "cosh", 5),
        new(Tanh, "tanh", 3),
        new(Arctanh, "arctanh", 4, FunctionDomain.InsideUnit, aliases: "atanh"),
        new(Sigmoid, "sigmoid", 4, family: "tanh", aliases: "logistic"),
        new(Softplus, "softplus", 4),
        new(Gaussian, "gaussian", 3),
        new(Erf, "erf", 4),
        new(Sinc, "sinc", 4),
        new(Lorentzian, "1/(1+x^2)", 4, aliases: "lorentzian"),
        new(Dispersion, "x/(1+x^2)", 5, aliases: "dispersion"),
        new(BesselJ0, "J0", 5, aliases: "j0"),
        new(BesselJ1, "J1", 5, aliases: "j1"),
    ]);

    /// <summary>The 27 distinct functions of pykan's library, in its order; "0" is among them.</summary>
    public static FunctionCatalog Pykan { get; } = Standard.Select(PykanNames);

    /// <summary>Number of functions.</summary>
    public int Count => _functions.Length;

    /// <summary>The function at a place of the list.</summary>
    public CatalogFunction this[int index] => _functions[index];

    /// <summary>The function of a name or alias.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists the names.</exception>
    public CatalogFunction this[string name] => Find(name)
        ?? throw new ArgumentException($"There is no function '{name}'. Known: {string.Join(", ", _functions.Select(f => f.Name))}.", nameof(name));

    /// <summary>The function of a name or alias, null if there is none. Upper and lower case differ.</summary>
    public CatalogFunction? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _byName.GetValueOrDefault(name);
    }

    /// <summary>The catalogue with a function of the user at its end.</summary>
    /// <param name="name">A name that the catalogue does not have yet.</param>
    /// <param name="expression">The function as an expression in x, such as <c>x*exp(-x)</c>. It may use the functions of this catalogue.</param>
    /// <param name="complexity">What it costs in a formula, 0 or more.</param>
    /// <exception cref="ArgumentException">The name is taken or empty, or the expression has another variable than x.</exception>
    /// <exception cref="ExpressionFormatException">The expression cannot be read.</exception>
    public FunctionCatalog With(string name, string expression, int complexity)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfNegative(complexity);
        Expression definition = Expression.Parse(expression, this);
        if (definition.Variables.FirstOrDefault(v => v != CustomFunction.Argument) is string other)
            throw new ArgumentException($"The function '{name}' uses the variable '{other}'; the only one allowed is x.", nameof(expression));
        if (definition.NodeCount > MostNodes || definition.Depth > MostDepth)
            throw new ArgumentException($"The function '{name}' has {definition.NodeCount} nodes, {definition.Depth} deep; at most {MostNodes} and {MostDepth} are taken.", nameof(expression));
        return new FunctionCatalog([.. _functions, new CatalogFunction(name, definition, complexity)]);
    }

    /// <summary>The catalogue of the named functions, in the order of the names.</summary>
    /// <exception cref="ArgumentException">A name is not known or given twice.</exception>
    public FunctionCatalog Select(params IEnumerable<string> names) => new(names.Select(name => this[name]));

    /// <inheritdoc/>
    public IEnumerator<CatalogFunction> GetEnumerator() => ((IEnumerable<CatalogFunction>)_functions).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
