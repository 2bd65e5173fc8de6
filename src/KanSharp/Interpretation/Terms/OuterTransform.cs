using KanSharp.Symbolics;

namespace KanSharp.Interpretation.Terms;

/// <summary>y = G(u) with its inverse u = g(y): the outermost function of a formula.</summary>
internal sealed class OuterTransform
{
    private readonly Func<Expression, Expression> _apply;
    private readonly Func<double, double> _forward;
    private readonly Func<double, double> _inverse;
    private readonly Func<double, double> _slope;
    private readonly Func<double, bool> _range;

    private OuterTransform(
        string name, double cost, Func<Expression, Expression> apply, Func<double, double> inverse, Func<double, double> forward, Func<double, double> slope, Func<double, bool> range, bool signed = false, double share = 0.95)
    {
        Name = name;
        Cost = cost;
        _apply = apply;
        _inverse = inverse;
        _forward = forward;
        _slope = slope;
        _range = range;
        NeedsSign = signed;
        LeastShare = share;
    }

    public string Name { get; }

    public double Cost { get; }

    /// <summary>The target must be of one sign, which is taken out.</summary>
    public bool NeedsSign { get; }

    /// <summary>Share of the rows on which the target must be in the range of G; low where G saturates.</summary>
    public double LeastShare { get; }

    public static OuterTransform Identity { get; } = new("identity", 0, u => u, y => y, u => u, _ => 1, _ => true);

    public static OuterTransform Exponential { get; } = new("exp", 1, u => Expression.Call("exp", u), Math.Log, Math.Exp, Math.Exp, y => y > 0, signed: true);

    public static IReadOnlyList<OuterTransform> All { get; } =
    [
        Identity,
        new("1/u", 0.5, u => Expression.Power(u, -1), y => 1 / y, u => 1 / u, u => -1 / (u * u), y => y != 0),
        new("sqrt", 1, Expression.Sqrt, y => y * y, Math.Sqrt, u => 0.5 / Math.Sqrt(u), y => y > 0, signed: true),
        new("1/sqrt", 1.5, u => Expression.Power(u, Expression.Rational(-1, 2)), y => 1 / (y * y), u => 1 / Math.Sqrt(u), u => -0.5 / (u * Math.Sqrt(u)), y => y > 0, signed: true),
        Exponential,
        new("square", 1, u => Expression.Power(u, 2), Math.Sqrt, u => u * u, u => 2 * u, y => y >= 0, signed: true),
        new("1/square", 1.5, u => Expression.Power(u, -2), y => 1 / Math.Sqrt(y), u => 1 / (u * u), u => -2 / (u * u * u), y => y > 0, signed: true),
        new("log", 1, u => Expression.Call("log", u), Math.Exp, Math.Log, u => 1 / u, y => Math.Abs(y) < 30),
        new("sin", 1.5, u => Expression.Call("sin", u), Math.Asin, Math.Sin, Math.Cos, y => Math.Abs(y) <= 1),
        new("arcsin", 1.5, u => Expression.Call("arcsin", u), Math.Sin, Math.Asin, u => 1 / Math.Sqrt(1 - u * u), y => Math.Abs(y) <= Math.PI / 2),
        new("arctan", 1.5, u => Expression.Call("arctan", u), Math.Tan, Math.Atan, u => 1 / (1 + u * u), y => Math.Abs(y) < Math.PI / 2),
        new("tanh", 1.5, u => Expression.Call("tanh", u), Math.Atanh, Math.Tanh, u => 1 - Math.Tanh(u) * Math.Tanh(u), y => Math.Abs(y) < 1, share: 0.3),
        new("cube", 1.5, u => Expression.Power(u, 3), Math.Cbrt, u => u * u * u, u => 3 * u * u, _ => true),
    ];

    /// <summary>G of an expression.</summary>
    public Expression Apply(Expression u) => _apply(u);

    /// <summary>G(u).</summary>
    public double Forward(double u) => _forward(u);

    /// <summary>G'(u).</summary>
    public double Slope(double u) => _slope(u);

    /// <summary>g(y).</summary>
    public double Inverse(double y) => _inverse(y);

    /// <summary>y is in the range of G, so that g(y) is real.</summary>
    public bool Reaches(double y) => _range(y);
}
