namespace KanSharp.Interpretation;

/// <summary>A function of some variables of another; the others stay at a point.</summary>
internal sealed class RestrictedFunction(SmoothFunction inner, int[] variables, double[] point) : SmoothFunction(variables.Length)
{
    public override double GradientNoise => inner.GradientNoise;

    public override double HessianNoise => inner.HessianNoise;

    public override void Value(ReadOnlySpan<double> rows, Span<double> values) => inner.Value(Expand(rows), values);

    public override void Gradient(ReadOnlySpan<double> rows, Span<double> gradient)
    {
        int count = rows.Length / Inputs;
        var whole = new double[count * inner.Inputs];
        inner.Gradient(Expand(rows), whole);
        for (int row = 0; row < count; row++)
        {
            for (int index = 0; index < Inputs; index++)
                gradient[row * Inputs + index] = whole[row * inner.Inputs + variables[index]];
        }
    }

    public override void Hessian(ReadOnlySpan<double> rows, Span<double> hessian)
    {
        int count = rows.Length / Inputs;
        var whole = new double[count * inner.Inputs * inner.Inputs];
        inner.Hessian(Expand(rows), whole);
        for (int row = 0; row < count; row++)
        {
            for (int first = 0; first < Inputs; first++)
            {
                for (int second = 0; second < Inputs; second++)
                    hessian[(row * Inputs + first) * Inputs + second] = whole[(row * inner.Inputs + variables[first]) * inner.Inputs + variables[second]];
            }
        }
    }

    internal override SmoothFunction Log(double bias) => new RestrictedFunction(inner.Log(bias), variables, point);

    private double[] Expand(ReadOnlySpan<double> rows)
    {
        int count = rows.Length / Inputs;
        var whole = new double[count * inner.Inputs];
        for (int row = 0; row < count; row++)
        {
            Span<double> target = whole.AsSpan(row * inner.Inputs, inner.Inputs);
            point.CopyTo(target);
            for (int index = 0; index < Inputs; index++)
                target[variables[index]] = rows[row * Inputs + index];
        }

        return whole;
    }
}
