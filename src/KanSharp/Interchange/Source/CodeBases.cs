using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Source;

/// <summary>The functions of an input in C# and C, one function for each layer: it writes values to v and returns the number of the first.</summary>
internal static class CodeBases
{
    /// <summary>Values that the function of a layer writes.</summary>
    public static int Values(LoweredBasis basis) => basis is SplineBasis spline ? spline.Degree + 1 : basis.Count;

    /// <summary>Writes the function Basis…(int i, x, v); i counts the rows of the tables.</summary>
    public static void Write(CodeContext context, LoweredBasis basis, string suffix)
    {
        CodeStyle s = context.Style;
        List<string> body = basis switch
        {
            SplineBasis spline => CodeSplines.Body(context, spline, suffix),
            GaussianFunctions gaussian => Bells(context, gaussian.Centers, gaussian.InverseWidth, suffix, [$"v[n] = {s.Math("exp")}(-t * t);"]),
            Sech2Functions sech => Bells(context, sech.Centers, sech.InverseWidth, suffix,
                [$"{s.Real} e = {s.Math("exp")}({s.Number(-2)} * {s.Math("fabs")}(t)), q = {s.Number(1)} + e;", $"v[n] = {s.Number(4)} * e / (q * q);"]),
            BumpFunctions bumps => Bumps(context, bumps, suffix),
            SplineGaussianFunctions both => SplinesAndBells(context, both, suffix),
            RecurrenceFunctions recurrence => Recurrence(context, recurrence, suffix),
            WaveFunctions waves => Waves(context, waves, suffix),
            RationalFunction rational => Rational(context, rational, suffix),
            _ => throw new NotSupportedException($"Functions of the kind {basis.GetType().Name} can not be written as source."),
        };
        if (basis is not SplineBasis)
            body.Add("return 0;");
        CodeFunctions.Write(context, s.Function("int", "Basis" + suffix, "int i", $"{s.Real} x", s.Target("v")), body);
    }

    private static List<string> Bells(CodeContext context, double[] centers, double inverse, string suffix, IEnumerable<string> value)
    {
        CodeStyle s = context.Style;
        s.Table(context.Tables, "Centers" + suffix, centers);
        return Loop(centers.Length, [$"{s.Real} t = (x - {s.Id("Centers" + suffix)}[n]) * {s.Number(inverse)};", .. value]);
    }

    private static List<string> Bumps(CodeContext context, BumpFunctions bumps, string suffix)
    {
        CodeStyle s = context.Style;
        double[][] tables = [bumps.Low, bumps.High, bumps.Height];
        bool same = tables.All(table => table.Chunk(bumps.Count).All(row => row.AsSpan().SequenceEqual(table.AsSpan(0, bumps.Count))));
        foreach ((double[] table, string name) in tables.Zip(["Low", "High", "Height"]))
            s.Table(context.Tables, name + suffix, same ? table[..bumps.Count] : table);
        string at = same ? "n" : $"i * {SourceNumbers.Whole(bumps.Count)} + n";
        return Loop(bumps.Count,
        [
            $"{s.Real} left = x - {s.Id("Low" + suffix)}[{at}], right = {s.Id("High" + suffix)}[{at}] - x;",
            $"{s.Real} t = left <= 0 || right <= 0 ? 0 : {s.Id("Height" + suffix)}[{at}] * left * right;",
            "v[n] = t" + string.Concat(Enumerable.Repeat(" * t", bumps.Power - 1)) + ";",
        ]);
    }

    private static List<string> SplinesAndBells(CodeContext context, SplineGaussianFunctions both, string suffix)
    {
        CodeStyle s = context.Style;
        int k = both.Splines.Degree;
        List<string> lines = Bells(context, both.Gaussians.Centers, both.Gaussians.InverseWidth, suffix, [$"v[n] = {s.Math("exp")}(-t * t);"]);
        Write(context, both.Splines, suffix + "Splines");
        return
        [
            .. lines,
            s.Buffer("w", k + 1),
            $"int first = {s.Id($"Basis{suffix}Splines")}(0, x, w);",
            $"for (int r = 0; r <= {SourceNumbers.Whole(k)}; r++)",
            "    v[first + r] += w[r];",
        ];
    }

    private static List<string> Recurrence(CodeContext context, RecurrenceFunctions recurrence, string suffix)
    {
        CodeStyle s = context.Style;
        List<string> lines = [$"v[0] = {s.Number(1)};"];
        if (recurrence.A.Length == 0)
            return lines;
        lines.Add($"v[1] = {s.Plus(s.Times(recurrence.A[0], "x"), recurrence.B[0])};");
        if (recurrence.A.Length == 1)
            return lines;
        foreach ((double[] table, string name) in ((double[][])[recurrence.A, recurrence.B, recurrence.C]).Zip(["A", "B", "C"]))
            s.Table(context.Tables, "Step" + name + suffix, table);
        lines.AddRange(
        [
            $"for (int n = 1; n < {SourceNumbers.Whole(recurrence.A.Length)}; n++)",
            $"    v[n + 1] = ({s.Id("StepA" + suffix)}[n] * x + {s.Id("StepB" + suffix)}[n]) * v[n] - {s.Id("StepC" + suffix)}[n] * v[n - 1];",
        ]);
        return lines;
    }

    private static List<string> Waves(CodeContext context, WaveFunctions waves, string suffix)
    {
        CodeStyle s = context.Style;
        int count = waves.Count, half = count / 2;
        double[] row = waves.Phase[..count];
        s.Table(context.Tables, "Frequencies" + suffix, waves.Frequency);
        bool same = waves.Phase.Chunk(count).All(other => other.AsSpan().SequenceEqual(row));
        if (same && count % 2 == 0 && row.Take(half).All(phase => phase == Math.PI / 2) && row.Skip(half).All(phase => phase == 0))
        {
            return [.. Loop(half, [$"v[n] = {s.Math("cos")}({s.Id("Frequencies" + suffix)}[n] * x);", $"v[n + {SourceNumbers.Whole(half)}] = {s.Math("sin")}({s.Id("Frequencies" + suffix)}[n] * x);"])];
        }

        s.Table(context.Tables, "Phases" + suffix, same ? row : waves.Phase);
        string at = same ? "n" : $"i * {SourceNumbers.Whole(count)} + n";
        return Loop(count, [$"v[n] = {s.Math("sin")}({s.Id("Frequencies" + suffix)}[n] * x + {s.Id("Phases" + suffix)}[{at}]);"]);
    }

    private static List<string> Rational(CodeContext context, RationalFunction rational, string suffix)
    {
        CodeStyle s = context.Style;
        s.Table(context.Tables, "Denominators" + suffix, [.. rational.Group.SelectMany(group => rational.Denominator.Skip(group * 4).Take(4))]);
        string q = s.Id("Denominators" + suffix), top = s.Number(rational.Numerator[^1]);
        for (int n = rational.Numerator.Length - 2; n >= 0; n--)
            top = $"({top}) * x + {s.Number(rational.Numerator[n])}";
        return
        [
            $"{s.Real} a = {s.Math("fabs")}(x);",
            $"v[0] = ({top}) / ((((({q}[i * 4 + 3] * a + {q}[i * 4 + 2]) * a + {q}[i * 4 + 1]) * a) + {q}[i * 4]) * a + {s.Number(1)});",
        ];
    }

    private static List<string> Loop(int count, IEnumerable<string> body) =>
        [$"for (int n = 0; n < {SourceNumbers.Whole(count)}; n++)", "{", .. body.Select(line => "    " + line), "}", ""];
}
