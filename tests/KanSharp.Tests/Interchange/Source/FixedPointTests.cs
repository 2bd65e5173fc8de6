using System.Runtime.InteropServices;
using System.Text;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Interchange.Source;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Tests.Docs;
using KanSharp.Training;

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
    public void Numbers_far_beyond_the_ranges_are_their_ends_and_the_argument_is_computed_once()
    {
        using ScratchFolder folder = new();
        if (!HeaderProgram.Exists("gcc", folder.Path))
            Assert.Skip("There is no gcc: the fixed-point headers were not compiled.");
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1], new BSplineOptions(), 5);
        FixedPointSource source = SourceExport.WriteFixedPoint(network, new FixedPointOptions { Name = "Far", Ranges = [(-1, 1), (0.5, 2)] });
        double[] below = [-1, 0.5], above = [1, 2];
        Assert.True(Math.Abs(network.Predict(new Tensor<double>(new Shape(1, 2), below)).Span[0] - network.Predict(new Tensor<double>(new Shape(1, 2), above)).Span[0]) > 4 * source.ErrorBounds[0]);
        File.WriteAllText(Path.Combine(folder.Path, "far.h"), source.Text);
        File.WriteAllText(Path.Combine(folder.Path, "main.c"), """
            #include <stdio.h>
            #include <math.h>
            #include "far.h"
            static int32_t of(double a, double b)
            {
                int32_t x[FAR_INPUTS] = { FAR_TO_FIXED(a), FAR_TO_FIXED(b) }, y[FAR_OUTPUTS];
                far_predict(x, y);
                return y[0];
            }
            int main(void)
            {
                double sizes[] = { 3, 4, 7.9, 8, 8.1, 15.999, 16, 100, 1e9, 1e18, 1e19, 1e300, HUGE_VAL };
                int32_t low = of(-1, 0.5), high = of(1, 2);
                for (int n = 0; n < 13; n++)
                    printf("%d %d\n", of(-sizes[n], -sizes[n]) == low, of(sizes[n], sizes[n]) == high);
                double row[] = { 0.25, 0.75, 0.9 }, *next = row;
                int32_t once = FAR_TO_FIXED(*next++);
                printf("%d %d\n", (int)(next - row), once == FAR_TO_FIXED(0.25));
                printf("%d %d\n", (int)FAR_TO_FIXED(NAN) == 0, FAR_TO_FIXED(-0.25) == -once);
                return 0;
            }
            """);
        HeaderProgram.Compile("gcc", "c99", folder.Path, "main.c", "far");
        (int code, string output) = CommandLineProcess.Run(Path.Combine(folder.Path, "far"), [], folder.Path);
        Assert.True(code == 0, output);
        Assert.All(output.ReplaceLineEndings("\n").Trim().Split('\n'), line => Assert.Equal("1 1", line));
    }

    [Theory]
    [InlineData("no|yes")]
    [InlineData("red|green|blue")]
    public void A_classifier_names_its_classes_and_finds_the_class(string names)
    {
        using ScratchFolder folder = new();
        if (!HeaderProgram.Exists("gcc", folder.Path))
            Assert.Skip("There is no gcc: the fixed-point headers were not compiled.");
        string[] classes = names.Split('|');
        int outputs = classes.Length == 2 ? 1 : classes.Length;
        var encoding = new TableEncoding([new FeatureEncoding("mass", null, [0.0]), new FeatureEncoding("speed", null, [0.0])], new TargetEncoding(TaskKind.Classification, ["kind"], classes), default, default);
        var model = new TabularModel<double>(KanNetwork<double>.Create([2, 3, outputs], new BSplineOptions(), 2), encoding, new LinearScaling([0, 0], [1, 1]), null);
        FixedPointSource source = SourceExport.WriteFixedPoint(model, new FixedPointOptions { Name = "Kind", Ranges = [(-1, 1), (-1, 1)] });
        Assert.Contains(outputs == 1 ? "The result is one logit: y[0] > 0 is class 1, yes, else class 0, no." : "the largest is the class", source.Text, StringComparison.Ordinal);
        double[] x = [.. Enumerable.Range(0, 441).SelectMany(n => (double[])[(n % 21 / 10.0) - 1, (n / 21 / 10.0) - 1])];
        File.WriteAllText(Path.Combine(folder.Path, "kind.h"), source.Text);
        File.WriteAllText(Path.Combine(folder.Path, "main.c"), """
            #include <stdio.h>
            #include "kind.h"
            int main(void)
            {
                for (int n = 0; n < 441; n++)
                {
                    int32_t x[KIND_INPUTS] = { KIND_TO_FIXED(n % 21 / 10.0 - 1), KIND_TO_FIXED(n / 21 / 10.0 - 1) }, y[KIND_OUTPUTS];
                    kind_predict(x, y);
                    printf("%s\n", kind_classes[kind_class(y)]);
                }
                return 0;
            }
            """);
        HeaderProgram.Compile("gcc", "c99", folder.Path, "main.c", "kind");
        (int code, string output) = CommandLineProcess.Run(Path.Combine(folder.Path, "kind"), [], folder.Path);
        Assert.True(code == 0, output);
        string[] found = output.ReplaceLineEndings("\n").Trim().Split('\n');
        double[] probabilities = model.Predict(x);
        int sure = 0;
        for (int row = 0; row < 441; row++)
        {
            double[] logs = [.. probabilities.Skip(row * classes.Length).Take(classes.Length).Select(value => Math.Log(value))];
            double[] order = [.. logs.OrderDescending()];
            if (order[0] - order[1] <= 2 * source.ErrorBounds.Max())
                continue;
            sure++;
            Assert.Equal(classes[Array.IndexOf(logs, order[0])], found[row]);
        }

        Assert.True(sure > 300, $"only {sure} rows are beyond the bound");
        Assert.True(found.Distinct().Count() > 1, "all rows are of one class");
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
