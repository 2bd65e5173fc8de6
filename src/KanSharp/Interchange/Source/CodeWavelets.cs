using KanSharp.Bases;
using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Source;

/// <summary>Mother wavelets in C# and C.</summary>
internal static class CodeWavelets
{
    /// <summary>The name of the function of a wavelet, which is written where it is new. Its amplitude is not in it.</summary>
    public static string Shape(CodeContext context, LoweredWavelet mother)
    {
        CodeStyle s = context.Style;
        string name = mother.Kind + (mother.PublishedForm ? "Published" : "") + "Wavelet";
        if (!context.Needs(name))
            return s.Id(name);
        string exp = s.Math("exp"), cos = s.Math("cos"), sin = s.Math("sin"), abs = s.Math("fabs"), one = s.Number(1), bell = $"{exp}({s.Number(-0.5)} * u * u)";
        string[] body = (mother.Kind, mother.PublishedForm) switch
        {
            (WaveletKind.MexicanHat, _) => [$"return ({one} - u * u) * {bell};"],
            (WaveletKind.DerivativeOfGaussian, _) => [$"return -u * {bell};"],
            (WaveletKind.Morlet, false) => [$"return ({cos}({s.Number(CosineGaussianShape.Omega)} * u) - {s.Number(Math.Exp(-12.5))}) * {bell};"],
            (WaveletKind.Morlet, true) => [$"return {cos}({s.Number(CosineGaussianShape.Omega)} * u) * {bell};"],
            (WaveletKind.Meyer, false) => Meyer(context),
            (WaveletKind.Meyer, true) =>
            [
                $"{s.Real} a = {abs}(u);",
                $"if (a >= {one})",
                "    return 0;",
                $"{s.Real} t = a > {s.Number(0.5)} ? 2 * a - {one} : 0;",
                $"{s.Real} rise = t * t * t * t * (35 + t * (-84 + t * (70 - 20 * t)));",
                $"return {sin}({s.Number(Math.PI)} * a) * {cos}({s.Number(Math.PI / 2)} * rise);",
            ],
            (_, false) => [$"return {s.Number(2)} * {Sinc(context)}({s.Number(2 * Math.PI)} * u) - {Sinc(context)}({s.Number(Math.PI)} * u);"],
            (_, true) => [$"return {Sinc(context)}(u);"],
        };
        CodeFunctions.Write(context, s.Function(s.Real, name, $"{s.Real} u"), body);
        return s.Id(name);
    }

    /// <summary>The amplitude times a coefficient.</summary>
    public static double Weight(WaveletFunctions functions, double coefficient) => functions.Mother.Amplitude * coefficient;

    private static string[] Meyer(CodeContext context)
    {
        CodeStyle s = context.Style;
        s.Table(context.Tables, "MeyerWeights", [.. Enumerable.Range(0, MeyerShape.Nodes).Select(node => MeyerShape.Node(node).Weight)]);
        s.Table(context.Tables, "MeyerFrequencies", [.. Enumerable.Range(0, MeyerShape.Nodes).Select(node => MeyerShape.Node(node).Omega)]);
        // in even multiples of one frequency the sum has a sign for each node
        return
        [
            $"if ({s.Math("fabs")}(u) >= {s.Number(MeyerShape.Reach)})",
            "    return 0;",
            $"{s.Real} sum = 0;",
            $"for (int n = 0; n < {SourceNumbers.Whole(MeyerShape.Nodes)}; n++)",
            $"    sum += {s.Id("MeyerWeights")}[n] * {s.Math("cos")}({s.Id("MeyerFrequencies")}[n] * u);",
            "return sum;",
        ];
    }

    private static string Sinc(CodeContext context)
    {
        CodeStyle s = context.Style;
        if (context.Needs("Sinc"))
            CodeFunctions.Write(context, s.Function(s.Real, "Sinc", $"{s.Real} t"), [$"return {s.Math("fabs")}(t) < {s.Number(1e-10)} ? {s.Number(1)} : {s.Math("sin")}(t) / t;"]);
        return s.Id("Sinc");
    }
}
