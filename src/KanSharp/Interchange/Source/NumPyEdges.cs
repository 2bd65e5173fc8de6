using KanSharp.Bases;
using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Source;

/// <summary>The sums over edges of a layer in NumPy: all functions of all inputs as an array [N, I, n], then one matrix product.</summary>
internal static class NumPyEdges
{
    public static void Write(NumPySource source, EdgeStep step, string suffix)
    {
        SourceText text = source.Body;
        var plan = new EdgePlan(step);
        string p = "x";
        if (step.Mapping.Count > 0 && plan.Form != EdgeForm.None)
        {
            p = "p";
            text.Line("p = x");
            for (int index = 0; index < step.Mapping.Count; index++)
                NumPySteps.Write(source, step.Mapping[index], $"{suffix}_{SourceNumbers.Whole(index)}", "p");
        }

        text.Line($"y = np.zeros((len(x), {step.Outputs}), dtype=DTYPE) + {source.Table("BIAS" + suffix, step.Bias)}");
        if (plan.Form != EdgeForm.None)
        {
            Numeric(source, plan, suffix, p);
            if (plan.HasBase)
            {
                string weights = source.EdgeTable("BASE_WEIGHTS" + suffix, plan, 1, (input, output) => [plan.BaseWeight(input, output)]);
                text.Line($"y += ({source.Apply(step.BaseActivation!, step.BaseOnRawInput ? "x" : p)}) @ {weights}[:, 0, :]");
            }
        }

        foreach (LoweredEdge edge in step.Symbolic)
            text.Line($"y[:, {edge.Output}] += {NumPyFormulas.Print(source, edge.Function, new Dictionary<string, string> { [LoweredEdge.Variable] = $"x[:, {edge.Input}].astype(np.float64)" })}");
        text.Line("x = y");
    }

    private static void Numeric(NumPySource source, EdgePlan plan, string suffix, string p)
    {
        EdgeStep step = plan.Step;
        string coefficients = source.EdgeTable("COEFFICIENTS" + suffix, plan, plan.Count, plan.Coefficients);
        if (step.Basis is WaveletFunctions wavelets)
        {
            string translations = source.EdgeTable("TRANSLATIONS" + suffix, plan, 1, (i, o) => [wavelets.Translation[(i * step.Outputs) + o]]);
            string scales = source.EdgeTable("INVERSE_SCALES" + suffix, plan, 1, (i, o) => [wavelets.InverseScale[(i * step.Outputs) + o]]);
            source.Body.Line($"u = ({p}[:, :, None] - {translations}[:, 0]) * {scales}[:, 0]");
            source.Body.Line($"y += ({SourceNumbers.Literal(wavelets.Mother.Amplitude, false)} * {coefficients}[:, 0] * {Shape(source, wavelets.Mother)}).sum(axis=1)");
            return;
        }

        source.Body.Line($"v = {Functions(source, step.Basis!, suffix, p)}");
        source.Body.Line($"y += v.reshape(len(x), -1) @ {coefficients}.reshape(-1, {step.Outputs})");
    }

    private static string Functions(NumPySource source, LoweredBasis basis, string suffix, string p)
    {
        string each = $"{p}[:, :, None]";
        switch (basis)
        {
            case SplineBasis spline:
                int width = spline.Intervals + (2 * spline.Degree) + 1;
                double[][] rows = [.. spline.Knots.Chunk(width)];
                bool same = Array.TrueForAll(rows, row => row.AsSpan().SequenceEqual(rows[0]));
                string knots = source.Table("KNOTS" + suffix, same ? rows[0] : spline.Knots, same ? 1 : rows.Length, width);
                return $"{source.Use("_splines")}({p}, {knots}, {spline.Degree}, {(spline.LinearOutside ? "True" : "False")})";
            case GaussianFunctions gaussian:
                return $"np.exp(-(({each} - {source.Table("CENTERS" + suffix, gaussian.Centers)}) * {Number(gaussian.InverseWidth)}) ** 2)";
            case Sech2Functions sech:
                return $"{source.Use("_sech2")}(({each} - {source.Table("CENTERS" + suffix, sech.Centers)}) * {Number(sech.InverseWidth)})";
            case BumpFunctions bumps:
                int inputs = bumps.Low.Length / bumps.Count;
                return $"({source.Table("HEIGHT" + suffix, bumps.Height, inputs, bumps.Count)} * np.maximum({source.Table("HIGH" + suffix, bumps.High, inputs, bumps.Count)} - {each}, 0)"
                    + $" * np.maximum({each} - {source.Table("LOW" + suffix, bumps.Low, inputs, bumps.Count)}, 0)) ** {bumps.Power}";
            case SplineGaussianFunctions both:
                return $"{Functions(source, both.Splines, suffix, p)} + {Functions(source, both.Gaussians, suffix, p)}";
            case RecurrenceFunctions recurrence:
                int steps = recurrence.A.Length;
                return $"{source.Use("_recurrence")}({p}, {source.Table("STEP_A" + suffix, recurrence.A, steps)}, {source.Table("STEP_B" + suffix, recurrence.B, steps)}, {source.Table("STEP_C" + suffix, recurrence.C, steps)})";
            case WaveFunctions waves:
                return $"np.sin({each} * {source.Table("FREQUENCIES" + suffix, waves.Frequency)} + {source.Table("PHASES" + suffix, waves.Phase, waves.Phase.Length / waves.Count, waves.Count)})";
            case RationalFunction rational:
                double[] denominators = [.. rational.Group.SelectMany(group => rational.Denominator.Skip(group * 4).Take(4))];
                return $"{source.Use("_rational")}({p}, {source.Table("NUMERATOR" + suffix, rational.Numerator)}, {source.Table("DENOMINATORS" + suffix, denominators, rational.Group.Length, 4)})";
            default:
                throw new NotSupportedException($"Functions of the kind {basis.GetType().Name} can not be written as source.");
        }
    }

    private static string Shape(NumPySource source, LoweredWavelet mother) => (mother.Kind, mother.PublishedForm) switch
    {
        (WaveletKind.MexicanHat, _) => "(1 - u * u) * np.exp(-0.5 * u * u)",
        (WaveletKind.DerivativeOfGaussian, _) => "-u * np.exp(-0.5 * u * u)",
        (WaveletKind.Morlet, false) => $"(np.cos({Number(CosineGaussianShape.Omega)} * u) - {Number(Math.Exp(-12.5))}) * np.exp(-0.5 * u * u)",
        (WaveletKind.Morlet, true) => $"np.cos({Number(CosineGaussianShape.Omega)} * u) * np.exp(-0.5 * u * u)",
        (WaveletKind.Meyer, false) => Meyer(source),
        (WaveletKind.Meyer, true) => $"{source.Use("_meyer_taper")}(u)",
        (_, false) => "(2 * np.sinc(2 * u) - np.sinc(u))",
        (_, true) => "np.sinc(u / np.pi)",
    };

    private static string Meyer(NumPySource source)
    {
        string name = source.Use("_meyer");
        return $"{name}(u, {List(node => MeyerShape.Node(node).Weight)}, {List(node => MeyerShape.Node(node).Omega)})";

        static string List(Func<int, double> value) => $"[{string.Join(", ", Enumerable.Range(0, MeyerShape.Nodes).Select(node => Number(value(node))))}]";
    }

    private static string Number(double value) => SourceNumbers.Literal(value, false);
}
