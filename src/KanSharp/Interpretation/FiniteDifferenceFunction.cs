namespace KanSharp.Interpretation;

/// <summary>
/// Derivatives by central differences. The steps are fractions s of the standard deviations of the variables, s³ = noise/spread for the first and s⁴ = noise/spread for the
/// second derivatives, where rounding or the error of a model weighs as much as the truncation. Where a function is a sum over groups of variables, differences across
/// groups vanish for steps of any size.
/// </summary>
internal sealed class FiniteDifferenceFunction : SmoothFunction
{
    private readonly RowFunction _value;
    private readonly double[] _scales;
    private readonly double _noise;
    private readonly double _rounding;
    private readonly double[] _rows;

    private FiniteDifferenceFunction(RowFunction value, double[] scales, double noise, double spread, double rounding, double[] rows)
        : base(scales.Length)
    {
        _value = value;
        _scales = scales;
        _noise = noise;
        _rounding = rounding;
        _rows = rows;
        double ratio = spread > 0 ? noise / spread : 0;
        GradientStep = Math.Clamp(Math.Cbrt(ratio), 1e-5, 0.25);
        HessianStep = Math.Clamp(Math.Sqrt(Math.Sqrt(ratio)), 1e-4, 0.25);
    }

    /// <summary>Step of the first derivatives in standard deviations.</summary>
    public double GradientStep { get; }

    /// <summary>Step of the second derivatives in standard deviations.</summary>
    public double HessianStep { get; }

    public override double GradientNoise => _noise / (Math.Sqrt(2) * GradientStep);

    public override double HessianNoise => _noise / (2 * HessianStep * HessianStep);

    public static FiniteDifferenceFunction Create(int inputs, RowFunction value, ReadOnlySpan<double> rows, double noise, double rounding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        if (!(noise >= 0 && double.IsFinite(noise)))
            throw new ArgumentOutOfRangeException(nameof(noise), noise, "The error of the values is finite and at least 0.");
        StructureSample.CheckRows(inputs, rows);
        int count = rows.Length / inputs;
        var scales = new double[inputs];
        for (int input = 0; input < inputs; input++)
            scales[input] = StructureSample.Deviation(rows, inputs, input);
        var values = new double[count];
        value(rows, values);
        double size = Robust.Median([.. values.Select(Math.Abs)]);
        if (double.IsNaN(size))
            throw new ArgumentException("The function is not finite at nine of ten rows or more; give rows from its domain.", nameof(rows));
        return new FiniteDifferenceFunction(value, scales, Math.Max(noise, rounding * size), Robust.Spread(values), rounding, rows.ToArray());
    }

    public override void Value(ReadOnlySpan<double> rows, Span<double> values) => _value(rows, values);

    public override void Gradient(ReadOnlySpan<double> rows, Span<double> gradient)
    {
        int count = rows.Length / Inputs;
        double[] moved = rows.ToArray();
        double[] above = new double[count], below = new double[count];
        for (int input = 0; input < Inputs; input++)
        {
            double step = GradientStep * _scales[input];
            Evaluate(rows, moved, input, step, -1, 0, above);
            Evaluate(rows, moved, input, -step, -1, 0, below);
            for (int row = 0; row < count; row++)
                gradient[row * Inputs + input] = (above[row] - below[row]) / (2 * step);
        }
    }

    public override void Hessian(ReadOnlySpan<double> rows, Span<double> hessian)
    {
        int count = rows.Length / Inputs;
        double[] moved = rows.ToArray();
        double[] corner = new double[count], sum = new double[count];
        for (int first = 0; first < Inputs; first++)
        {
            double step = HessianStep * _scales[first];
            for (int second = first; second < Inputs; second++)
            {
                // on the diagonal the four corners are x ± 2h and twice x
                double other = HessianStep * _scales[second];
                sum.AsSpan().Clear();
                foreach ((double up, double right) in (ReadOnlySpan<(double, double)>)[(1, 1), (1, -1), (-1, 1), (-1, -1)])
                {
                    Evaluate(rows, moved, first, up * step, second, right * other, corner);
                    for (int row = 0; row < count; row++)
                        sum[row] += up * right * corner[row];
                }

                for (int row = 0; row < count; row++)
                {
                    double value = sum[row] / (4 * step * other);
                    hessian[(row * Inputs + first) * Inputs + second] = value;
                    hessian[(row * Inputs + second) * Inputs + first] = value;
                }
            }
        }
    }

    /// <summary>Differences of the logarithm, so that those across factors vanish for large steps as well.</summary>
    internal override SmoothFunction Log(double bias)
    {
        var values = new double[_rows.Length / Inputs];
        _value(_rows, values);
        double size = Robust.Median([.. values.Select(value => Math.Abs(value + bias))]);
        return new FiniteDifferenceFunction(
            (rows, target) =>
            {
                _value(rows, target);
                foreach (ref double value in target)
                    value = Math.Log(Math.Abs(value + bias));
            },
            _scales,
            Math.Max(_noise / size, _rounding),
            Robust.Spread([.. values.Select(value => Math.Log(Math.Abs(value + bias)))]),
            _rounding,
            _rows);
    }

    /// <summary>Values with one or two variables moved; a variable given twice moves by both.</summary>
    private void Evaluate(ReadOnlySpan<double> rows, double[] moved, int first, double step, int second, double other, double[] values)
    {
        for (int at = 0; at < rows.Length; at += Inputs)
        {
            moved[at + first] += step;
            if (second >= 0)
                moved[at + second] += other;
        }

        _value(moved, values);
        for (int at = 0; at < rows.Length; at += Inputs)
        {
            moved[at + first] = rows[at + first];
            if (second >= 0)
                moved[at + second] = rows[at + second];
        }
    }
}
