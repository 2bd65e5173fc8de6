using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Onnx;

/// <summary>The functions of a layer as nodes.</summary>
internal static class OnnxBases
{
    /// <summary>Values [N, I, functions].</summary>
    /// <param name="basis">Any but wavelets, whose functions belong to edges.</param>
    /// <param name="x">Inputs [N, I].</param>
    public static OnnxValue Of(LoweredBasis basis, OnnxValue x) => basis switch
    {
        SplineBasis spline => OnnxSplines.Of(spline, x),
        GaussianFunctions gaussian => Gaussian(gaussian, x),
        Sech2Functions bells => Sech2(bells, x),
        BumpFunctions bumps => Bumps(bumps, x),
        SplineGaussianFunctions both => OnnxSplines.Of(both.Splines, x) + Gaussian(both.Gaussians, x),
        RecurrenceFunctions polynomials => Recurrence(polynomials, x),
        WaveFunctions waves => Waves(waves, x),
        RationalFunction rational => Rational(rational, x).Unsqueeze(2),
        _ => throw new NotSupportedException($"{basis.GetType().Name} can not be exported to ONNX."),
    };

    private static OnnxValue Gaussian(GaussianFunctions basis, OnnxValue x)
    {
        OnnxValue u = (x.Unsqueeze(2) - x.Graph.Constant(basis.Centers, basis.Count)) * basis.InverseWidth;
        return (-u.Square()).Exp();
    }

    /// <summary>4e/(1 + e)² with e = e^(−2|u|), which does not overflow.</summary>
    private static OnnxValue Sech2(Sech2Functions basis, OnnxValue x)
    {
        OnnxValue u = (x.Unsqueeze(2) - x.Graph.Constant(basis.Centers, basis.Count)) * basis.InverseWidth;
        OnnxValue bell = (-2 * u.Abs()).Exp();
        return (4 * bell) / (1 + bell).Square();
    }

    /// <summary>Inputs are bounded to the outermost ends of an input's bumps, where all are 0, so that none is at infinity.</summary>
    private static OnnxValue Bumps(BumpFunctions basis, OnnxValue x)
    {
        int count = basis.Count, inputs = basis.Low.Length / count;
        OnnxGraph graph = x.Graph;
        double[] least = [.. Enumerable.Range(0, inputs).Select(input => basis.Low.AsSpan(input * count, count).ToArray().Min())];
        double[] most = [.. Enumerable.Range(0, inputs).Select(input => basis.High.AsSpan(input * count, count).ToArray().Max())];
        OnnxValue bounded = x.AtLeast(graph.Constant(least, 1, inputs)).AtMost(graph.Constant(most, 1, inputs)).Unsqueeze(2);
        OnnxValue above = (bounded - graph.Constant(basis.Low, 1, inputs, count)).AtLeast(0), below = (graph.Constant(basis.High, 1, inputs, count) - bounded).AtLeast(0);
        return (above * below * graph.Constant(basis.Height, 1, inputs, count)).Power(basis.Power);
    }

    private static OnnxValue Recurrence(RecurrenceFunctions basis, OnnxValue x)
    {
        OnnxValue point = x.Unsqueeze(2);
        var functions = new OnnxValue[basis.Count];
        functions[0] = point.Zeros() + 1;
        for (int n = 0; n < functions.Length - 1; n++)
        {
            OnnxValue line = basis.A[n] == 1 ? point : basis.A[n] * point;
            if (basis.B[n] != 0)
                line += basis.B[n];
            OnnxValue next = n == 0 ? line : line * functions[n];
            functions[n + 1] = n == 0 || basis.C[n] == 0 ? next : next - (basis.C[n] * functions[n - 1]);
        }

        return OnnxValue.Concat(2, functions);
    }

    private static OnnxValue Waves(WaveFunctions basis, OnnxValue x)
    {
        int count = basis.Count;
        OnnxGraph graph = x.Graph;
        return ((x.Unsqueeze(2) * graph.Constant(basis.Frequency, count)) + graph.Constant(basis.Phase, 1, basis.Phase.Length / count, count)).Sin();
    }

    /// <summary>[N, I]; denominators by input.</summary>
    private static OnnxValue Rational(RationalFunction basis, OnnxValue x)
    {
        const int Terms = 4;
        OnnxGraph graph = x.Graph;
        OnnxValue Denominator(int term) => graph.Constant([.. basis.Group.Select(group => basis.Denominator[(group * Terms) + term])], 1, basis.Group.Length);
        OnnxValue magnitude = x.Abs(), sum = Denominator(Terms - 1) * magnitude;
        for (int term = Terms - 2; term >= 0; term--)
            sum = (sum + Denominator(term)) * magnitude;
        return x.Polynomial(basis.Numerator) / (1 + sum);
    }
}
