using System.Numerics;
using KanSharp.Numerics;
using KanSharp.Symbolics.Functions;

namespace KanSharp.Symbolics;

/// <summary>
/// A function of one variable of the catalogue: its value and first five derivatives, domain, complexity and form as an expression. Edges of
/// networks, the parser and the printers share these objects.
/// </summary>
public sealed partial class CatalogFunction
{
    private readonly double _power;
    private readonly CustomFunction? _custom;
    private readonly ProtectedForm? _protected;

    internal CatalogFunction(
        FunctionKind kind, string name, int complexity, FunctionDomain? domain = null, string? family = null, double power = double.NaN,
        params string[] aliases)
    {
        Kind = kind;
        Name = name;
        Complexity = complexity;
        Domain = domain ?? FunctionDomain.Whole;
        Family = family ?? name;
        Aliases = aliases;
        _power = power;
    }

    internal CatalogFunction(string name, Expression definition, int complexity)
    {
        Kind = FunctionKind.Custom;
        Name = name;
        Complexity = complexity;
        Family = name;
        Aliases = [];
        _custom = new CustomFunction(definition);
        Domain = FunctionDomain.Numeric(_custom.IsFinite);
    }

    private CatalogFunction(CatalogFunction plain, ProtectedForm form)
        : this(plain.Kind, plain.Name, plain.Complexity, FunctionDomain.Whole, plain.Family, plain._power, [.. plain.Aliases]) => _protected = form;

    /// <summary>The name: <c>sin</c>, <c>x^2</c>, <c>1/x</c>, <c>sqrt</c>, <c>x^p</c> …</summary>
    public string Name { get; }

    /// <summary>Other names of the same function, such as <c>asin</c> for <c>arcsin</c>.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>What it costs in a formula; the numbers of pykan where it has the function.</summary>
    public int Complexity { get; }

    /// <summary>
    /// Functions of one family are the same up to affine maps inside and outside, as sin and cos, tanh and the logistic function, exp and its
    /// multiples: fitted to a curve with those maps they are equally good.
    /// </summary>
    public string Family { get; }

    /// <summary>Where the value and three derivatives are finite.</summary>
    public FunctionDomain Domain { get; }

    /// <summary>True for <c>x^p</c>, whose exponent is a parameter of its own.</summary>
    public bool HasExponent => Kind == FunctionKind.FittedPower;

    /// <summary>True if it is a node of its own in expressions; false if <see cref="Apply"/> writes it out, as x^2 or exp(−x^2).</summary>
    public bool IsElementary => Kind is not (FunctionKind.Zero or FunctionKind.One or FunctionKind.Identity or FunctionKind.Power
        or FunctionKind.FittedPower or FunctionKind.Gaussian or FunctionKind.Lorentzian or FunctionKind.Dispersion or FunctionKind.Custom);

    /// <summary>The threshold of a form made by <see cref="Protected"/>; null for the function itself.</summary>
    public double? Threshold => _protected?.Threshold;

    internal FunctionKind Kind { get; }

    /// <summary>The function, or a derivative of it, at one point; NaN or ±∞ outside the domain.</summary>
    /// <param name="x">Where.</param>
    /// <param name="order">0 (default) for the value, 1 to 5 for a derivative.</param>
    /// <param name="exponent">The exponent of a function that <see cref="HasExponent"/>.</param>
    public double Evaluate(double x, int order = 0, double exponent = double.NaN)
    {
        double y = 0;
        Evaluate<double>(new(in x), order, new(ref y), exponent);
        return y;
    }

    /// <summary>The function, or a derivative of it, at many points; NaN or ±∞ outside the domain.</summary>
    /// <param name="x">Where.</param>
    /// <param name="order">0 for the value, 1 to 5 for a derivative.</param>
    /// <param name="y">Receives the results, as many as points; may be <paramref name="x"/>.</param>
    /// <param name="exponent">The exponent of a function that <see cref="HasExponent"/>; not looked at for others.</param>
    public void Evaluate<T>(ReadOnlySpan<T> x, int order, Span<T> y, T exponent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLengths(x.Length, y.Length, order);
        if (_protected is not null)
        {
            _protected.Evaluate(x, order, y);
            return;
        }

        switch (Kind)
        {
            case FunctionKind.Power: PowerKernel.Derivative(_power, order, x, y); break;
            case FunctionKind.FittedPower: PowerKernel.Derivative(CheckedExponent(exponent), order, x, y); break;
            case FunctionKind.Custom: _custom!.Evaluate(x, order, y); break;
            default: FunctionKernels.Evaluate(Kind, order, x, y); break;
        }
    }

    /// <summary>
    /// For a function that <see cref="HasExponent"/>: the derivative with respect to the exponent p of the value or of a derivative,
    /// ∂/∂p of dⁿ/dxⁿ x^p; 0 for others.
    /// </summary>
    /// <param name="x">Where.</param>
    /// <param name="order">n, 0 for the value, 1 to 5 for a derivative.</param>
    /// <param name="y">Receives the results, as many as points; may be <paramref name="x"/>.</param>
    /// <param name="exponent">p.</param>
    public void EvaluateExponentDerivative<T>(ReadOnlySpan<T> x, int order, Span<T> y, T exponent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLengths(x.Length, y.Length, order);
        if (!HasExponent)
        {
            y.Clear();
            return;
        }

        // dⁿ/dxⁿ x^p = F(p)·x^(p − n) with the falling factorial F, so ∂/∂p = (F′ + F·ln x)·x^(p − n)
        double p = CheckedExponent(exponent), falling = 1, slope = 0;
        for (int i = 0; i < order; i++)
            (falling, slope) = (falling * (p - i), (slope * (p - i)) + falling);
        T f = T.CreateTruncating(falling), s = T.CreateTruncating(slope), power = T.CreateTruncating(p - order);
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] == T.Zero && p > order ? T.Zero : (s + (f * T.Log(x[i]))) * T.Pow(x[i], power);
    }

    /// <summary>
    /// The form of the function that pykan uses with <c>singularity_avoiding</c>: a line or plateau close to a singularity, √ and ln of |x|. It
    /// differs from the function, jumps where its pieces meet, and is meant for networks that were trained with it; <see cref="Apply"/> still
    /// gives the plain function. A function for which pykan has no such form is returned as it is.
    /// </summary>
    /// <param name="threshold">pykan's y_th, above 1; it uses 10 in a forward pass and 1000 in training.</param>
    /// <param name="pykanGradients">
    /// True to give NaN as first derivative where pykan does, at points where that of the plain function is not finite. Default false: the slope of
    /// the line or plateau.
    /// </param>
    public CatalogFunction Protected(double threshold, bool pykanGradients = false)
    {
        if (!(threshold > 1) || double.IsInfinity(threshold))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold is a finite number above 1, such as 10 or 1000.");
        CatalogFunction plain = _protected?.Plain ?? this;
        return ProtectedForm.Exists(plain, _power)
            ? new CatalogFunction(plain, new ProtectedForm(plain, _power, threshold, pykanGradients))
            : this;
    }

    /// <summary>The function of an argument as an expression: <c>x^2</c> gives argument^2, <c>gaussian</c> exp(−argument^2).</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="exponent">The exponent of a function that <see cref="HasExponent"/>.</param>
    public Expression Apply(Expression argument, double exponent = double.NaN)
    {
        ArgumentNullException.ThrowIfNull(argument);
        return Kind switch
        {
            FunctionKind.Zero => Expression.Zero,
            FunctionKind.One => Expression.One,
            FunctionKind.Identity => argument,
            FunctionKind.Power => Expression.Power(argument, _power),
            FunctionKind.FittedPower => Expression.Power(argument, CheckedExponent(exponent)),
            FunctionKind.Gaussian => Expression.Call("exp", -Expression.Power(argument, 2)),
            FunctionKind.Lorentzian => Expression.Power(1 + Expression.Power(argument, 2), -1),
            FunctionKind.Dispersion => argument / (1 + Expression.Power(argument, 2)),
            FunctionKind.Custom => _custom!.Apply(argument),
            _ => new FunctionExpression(_protected?.Plain ?? this, argument),
        };
    }

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    private static void CheckLengths(int points, int results, int order)
    {
        if (points != results)
            throw new ArgumentException($"There are {points} points but room for {results} results; both must be equal.");
        if (order is < 0 or > DerivativeOrder.Highest)
            throw new ArgumentOutOfRangeException(nameof(order), order, $"The order of a derivative is 0 (value) to {DerivativeOrder.Highest}.");
    }

    private static double CheckedExponent<T>(T exponent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.IsFinite(exponent)
            ? double.CreateTruncating(exponent)
            : throw new ArgumentOutOfRangeException(nameof(exponent), exponent, "x^p needs a finite exponent.");
}
