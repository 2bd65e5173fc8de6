namespace KanSharp.Interpretation;

/// <summary>log|f + b| by the chain rule: ∂ᵢ = fᵢ/(f+b), ∂ᵢⱼ = fᵢⱼ/(f+b) − fᵢfⱼ/(f+b)².</summary>
internal sealed class LogFunction(SmoothFunction inner, double bias) : SmoothFunction(inner.Inputs)
{
    public override void Value(ReadOnlySpan<double> rows, Span<double> values)
    {
        inner.Value(rows, values);
        foreach (ref double value in values)
            value = Math.Log(Math.Abs(value + bias));
    }

    public override void Gradient(ReadOnlySpan<double> rows, Span<double> gradient)
    {
        int count = rows.Length / Inputs;
        var values = new double[count];
        inner.Value(rows, values);
        inner.Gradient(rows, gradient);
        for (int row = 0; row < count; row++)
        {
            foreach (ref double slope in gradient.Slice(row * Inputs, Inputs))
                slope /= values[row] + bias;
        }
    }

    public override void Hessian(ReadOnlySpan<double> rows, Span<double> hessian)
    {
        int count = rows.Length / Inputs;
        var values = new double[count];
        var gradient = new double[rows.Length];
        inner.Value(rows, values);
        inner.Gradient(rows, gradient);
        inner.Hessian(rows, hessian);
        for (int row = 0; row < count; row++)
        {
            double scale = 1 / (values[row] + bias);
            Span<double> slopes = gradient.AsSpan(row * Inputs, Inputs);
            for (int first = 0; first < Inputs; first++)
            {
                Span<double> line = hessian.Slice((row * Inputs + first) * Inputs, Inputs);
                for (int second = 0; second < Inputs; second++)
                    line[second] = line[second] * scale - slopes[first] * scale * (slopes[second] * scale);
            }
        }
    }
}
