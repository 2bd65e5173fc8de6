using System.Runtime.InteropServices;
using System.Text;
using KanSharp.Autodiff;
using KanSharp.Interchange.Source;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Tests.Docs;

namespace KanSharp.Tests.Interchange.Source;

public sealed class FixedPointTests
{
    private const int Rows = 2000;

    [Fact]
    public void Results_are_within_the_bound_that_the_export_states()
    {
        using ScratchFolder folder = new();
        if (!HeaderProgram.Exists("gcc", folder.Path))
            Assert.Skip("There is no gcc: the fixed-point headers were not compiled.");
        List<(KanNetwork<double> Network, FixedPointSource Source, double[] X)> cases = [];
        for (int seed = 0; cases.Count < 24; seed++)
        {
            var random = new RandomValues((ulong)seed + 100);
            KanNetwork<double> network = RandomModels.Network<double>(random, seed, out _);
            (double Low, double High)[] ranges = [.. Enumerable.Range(0, network.Features).Select(_ => (random.Uniform(-2, -0.1), random.Uniform(0.1, 1.5)))];
            if (network.Layers.Any(layer => layer.Normalization is LayerNorm<double>) || network.Stages.Any(stage => stage.Nodes?.Arities.Count > 0))
                continue;
            var options = new FixedPointOptions { Name = $"Case{cases.Count}", Ranges = ranges, TableBits = random.Whole(5, 9) };
            double[] x = [.. Enumerable.Range(0, Rows).SelectMany(row => ranges.Select(range => row < 2 ? (row == 0 ? range.Low : range.High) : random.Uniform(range.Low, range.High)))];
            cases.Add((network, SourceExport.WriteFixedPoint(network, options), x));
        }

        double[] results = Run(folder.Path, [.. cases.Select(item => (item.Source.Text, item.X, item.Network.Features))]);
        int start = 0;
        List<double> shares = [];
        for (int index = 0; index < cases.Count; index++)
        {
            (KanNetwork<double> network, FixedPointSource source, double[] x) = cases[index];
            double[] y = network.Predict(new Tensor<double>(new Shape(Rows, network.Features), x)).Span.ToArray();
            int outputs = y.Length / Rows;
            for (int output = 0; output < outputs; output++)
            {
                double error = 0;
                for (int row = 0; row < Rows; row++)
                    error = Math.Max(error, Math.Abs(results[start + (row * outputs) + output] - y[(row * outputs) + output]));

                Assert.True(error <= source.ErrorBounds[output], $"case {index}, output {output}: {error:E2}, stated {source.ErrorBounds[output]:E2}");
                shares.Add(error / source.ErrorBounds[output]);
            }

            start += y.Length;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"errors as shares of their bounds: median {shares.Order().ElementAt(shares.Count / 2):F2}, largest {shares.Max():F2}");
    }

    [Fact]
    public void What_has_no_tables_is_refused_by_name()
    {
        KanNetwork<double> products = KanNetwork<double>.Create(NetworkShape.Parse("2,[1,1],1"));
        var options = new FixedPointOptions { Ranges = [(-1, 1), (-1, 1)] };
        Assert.Contains("Product nodes", Assert.Throws<NotSupportedException>(() => SourceExport.WriteFixedPoint(products, options)).Message, StringComparison.Ordinal);
        KanNetwork<double> normalized = KanNetwork<double>.Create([2, 1], new KanLinearOptions { Normalization = InputNormalization.LayerNorm });
        Assert.Contains("LayerNorm", Assert.Throws<NotSupportedException>(() => SourceExport.WriteFixedPoint(normalized, options)).Message, StringComparison.Ordinal);
        KanNetwork<double> plain = KanNetwork<double>.Create([2, 1]);
        Assert.Contains("1 ranges", Assert.Throws<ArgumentException>(() => SourceExport.WriteFixedPoint(plain, options with { Ranges = [(-1, 1)] })).Message, StringComparison.Ordinal);
        Assert.Contains("TableBits is 20", Assert.Throws<ArgumentException>(() => SourceExport.WriteFixedPoint(plain, options with { TableBits = 20 })).Message, StringComparison.Ordinal);
    }

    private static double[] Run(string folder, (string Text, double[] X, int Inputs)[] cases)
    {
        var main = new StringBuilder("#include <stdio.h>\n#include <stdlib.h>\n");
        for (int index = 0; index < cases.Length; index++)
        {
            Assert.DoesNotContain("#include <math.h>", cases[index].Text, StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(folder, $"case{index}.h"), cases[index].Text);
            main.Append($"#include \"case{index}.h\"\n");
        }

        main.Append("static double number(FILE *f) { double v = 0; if (fread(&v, sizeof v, 1, f) != 1) exit(2); return v; }\n");
        main.Append("int main(void) {\nFILE *in = fopen(\"x.bin\", \"rb\"), *out = fopen(\"y.bin\", \"wb\");\nif (!in || !out) return 3;\n");
        for (int index = 0; index < cases.Length; index++)
        {
            main.Append($"for (int r = 0; r < {Rows}; r++) {{ int32_t x[CASE{index}_INPUTS], y[CASE{index}_OUTPUTS]; for (int i = 0; i < CASE{index}_INPUTS; i++) {{ double v = number(in); x[i] = CASE{index}_TO_FIXED(v); }}")
                .Append($" case{index}_predict(x, y); for (int o = 0; o < CASE{index}_OUTPUTS; o++) {{ double v = CASE{index}_FROM_FIXED(y[o]); fwrite(&v, sizeof v, 1, out); }} }}\n");
        }

        main.Append("return fclose(out) != 0;\n}\n");
        File.WriteAllText(Path.Combine(folder, "main.c"), main.ToString());
        File.WriteAllBytes(Path.Combine(folder, "x.bin"), MemoryMarshal.AsBytes<double>(cases.SelectMany(item => item.X).ToArray()).ToArray());
        HeaderProgram.Compile("gcc", "c99", folder, "main.c", "cases");
        (int code, string output) = CommandLineProcess.Run(Path.Combine(folder, "cases"), [], folder);
        Assert.True(code == 0, output);
        return MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(Path.Combine(folder, "y.bin"))).ToArray();
    }
}
