namespace KanSharp.Symbolics;

/// <summary>Where a function of the catalogue and its first three derivatives are finite.</summary>
public sealed class FunctionDomain
{
    private const int Probes = 257;

    private readonly double _lower, _upper;
    private readonly bool _valueAtEnds;
    private readonly Hole _hole;
    private readonly Func<double, int, bool>? _finite;

    private FunctionDomain(string text, double lower, double upper, bool valueAtEnds = false, Hole hole = Hole.None, Func<double, int, bool>? finite = null)
    {
        Text = text;
        _lower = lower;
        _upper = upper;
        _valueAtEnds = valueAtEnds;
        _hole = hole;
        _finite = finite;
    }

    private enum Hole
    {
        None,
        Zero,
        OddMultiplesOfHalfPi,
    }

    /// <summary>The domain in words: <c>all x</c>, <c>x &gt; 0</c>, <c>|x| &lt; 1</c> …</summary>
    public string Text { get; }

    /// <summary>True if no finite x lies outside.</summary>
    public bool IsWhole => _hole == Hole.None && double.IsInfinity(_lower) && double.IsInfinity(_upper) && _finite is null;

    internal static FunctionDomain Whole { get; } = new("all x", double.NegativeInfinity, double.PositiveInfinity);

    internal static FunctionDomain Positive { get; } = new("x > 0", 0, double.PositiveInfinity);

    internal static FunctionDomain PositiveWithValueAtZero { get; } = new("x > 0, the value also at 0", 0, double.PositiveInfinity, valueAtEnds: true);

    internal static FunctionDomain NonZero { get; } = new("x ≠ 0", double.NegativeInfinity, double.PositiveInfinity, hole: Hole.Zero);

    internal static FunctionDomain AboveMinusOne { get; } = new("x > -1", -1, double.PositiveInfinity);

    internal static FunctionDomain InsideUnit { get; } = new("|x| < 1", -1, 1);

    internal static FunctionDomain InsideUnitWithValueAtEnds { get; } = new("|x| < 1, the value also at ±1", -1, 1, valueAtEnds: true);

    internal static FunctionDomain AwayFromPoles { get; } =
        new("x ≠ π/2 + k·π", double.NegativeInfinity, double.PositiveInfinity, hole: Hole.OddMultiplesOfHalfPi);

    internal static FunctionDomain Numeric(Func<double, int, bool> finite) =>
        new("where its value and derivatives are finite", double.NegativeInfinity, double.PositiveInfinity, finite: finite);

    /// <summary>Whether the function is finite at a point together with its first three derivatives, or its value alone.</summary>
    /// <param name="x">The point.</param>
    /// <param name="valueOnly">True to ask for the value alone, which may be finite at an end where a derivative is not (√x at 0).</param>
    public bool Contains(double x, bool valueOnly = false)
    {
        if (!double.IsFinite(x))
            return false;
        if (_finite is not null)
            return _finite(x, valueOnly ? 0 : 3);
        bool inside = valueOnly && _valueAtEnds ? x >= _lower && x <= _upper : x > _lower && x < _upper;
        return inside && (_hole != Hole.Zero || x != 0);
    }

    /// <summary>
    /// Whether every point of an interval belongs to the domain; for a function of the user 257 points of it are tried.
    /// </summary>
    /// <param name="lower">Lower end, included.</param>
    /// <param name="upper">Upper end, included, not below <paramref name="lower"/>.</param>
    /// <param name="valueOnly">As in <see cref="Contains"/>.</param>
    public bool ContainsInterval(double lower, double upper, bool valueOnly = false)
    {
        if (!(lower <= upper) || !Contains(lower, valueOnly) || !Contains(upper, valueOnly))
            return false;
        if (_finite is not null)
        {
            for (int i = 1; i < Probes - 1; i++)
            {
                if (!Contains(lower + ((upper - lower) * i / (Probes - 1)), valueOnly))
                    return false;
            }
        }

        return _hole switch
        {
            Hole.Zero => lower > 0 || upper < 0,
            Hole.OddMultiplesOfHalfPi => Math.Floor((lower / Math.PI) + 0.5) == Math.Floor((upper / Math.PI) + 0.5),
            _ => true,
        };
    }

    /// <summary>The <see cref="Text"/>.</summary>
    public override string ToString() => Text;
}
