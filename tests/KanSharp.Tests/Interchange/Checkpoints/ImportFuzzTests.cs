using KanSharp.Interchange;
using KanSharp.Interchange.Checkpoints;
using KanSharp.Layers;
using KanSharp.Tests.Interchange.PyTorch;

namespace KanSharp.Tests.Interchange.Checkpoints;

/// <summary>States with tensors that are missing, of other shapes, or full of strange numbers give a <see cref="ModelFileException"/> or a network; nothing else.</summary>
public sealed class ImportFuzzTests
{
    private const int Mutations = 2_000, FewMutations = 40;

    private static readonly int[] Sizes = [0, 1, 1, 2, 3, 4, 5, 8, 50];
    private static readonly double[] Numbers = [0, 1, -1, double.NaN, double.PositiveInfinity, double.MaxValue, double.Epsilon, -1e300, 0.5];

    public static TheoryData<string> Families => [.. CheckpointImport.Families];

    [Theory]
    [MemberData(nameof(Families))]
    public void Strange_states_never_crash_the_importer(string family)
    {
        TorchState state = Sound(family);
        Assert.Equal(family, Import(state.Tensors).Report.Family);
        var random = new Random(family.Length + 9100);
        (int read, int rejected, bool few) = (0, 0, family == "convolutional-kan");
        for (int number = 0; number < (few ? FewMutations : Mutations); number++)
        {
            List<(string Name, int[] Shape, double[] Values)> tensors = [.. state.Tensors];
            for (int times = random.Next(1, 4); times > 0 && tensors.Count > 0; times--)
                Damage(tensors, random);
            try
            {
                Module<double> network = Import(tensors).Network;
                Assert.All(network.Parameters(), entry => Assert.DoesNotContain(entry.Parameter.Value.Span.ToArray(), value => !double.IsFinite(value)));
                Assert.All(network.States(), entry => Assert.DoesNotContain(entry.State.Value.Span.ToArray(), value => !double.IsFinite(value)));
                read++;
            }
            catch (ModelFileException)
            {
                rejected++;
            }
        }

        // an architecture that must fit exactly is hardly ever left whole; that it is read at all is tested below
        Assert.True((few || read > 5) && rejected > (few ? 10 : 100), $"{read} read, {rejected} rejected");
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void States_with_other_numbers_in_their_weights_are_read(string family)
    {
        var random = new Random(family.Length);
        for (int number = 0; number < 5; number++)
        {
            TorchState state = Sound(family);
            (string Name, int[] Shape, double[] Values)[] weights = [.. state.Tensors.Where(tensor => tensor.Name.Contains("weight", StringComparison.Ordinal) || tensor.Name.Contains("coef", StringComparison.Ordinal) || tensor.Name.EndsWith("amplitudes", StringComparison.Ordinal))];
            double[] values = weights[random.Next(weights.Length)].Values;
            values[random.Next(values.Length)] = 7.25;
            ImportResult<double> result = Import(state.Tensors);
            Assert.Equal(family, result.Report.Family);
            Assert.Empty(result.Report.Unmapped);
        }
    }

    private static void Damage(List<(string Name, int[] Shape, double[] Values)> tensors, Random random)
    {
        int at = random.Next(tensors.Count);
        (string name, int[] shape, double[] values) = tensors[at];
        switch (random.Next(5))
        {
            case 0:
                tensors.RemoveAt(at);
                break;
            case 1:
                shape = [.. Enumerable.Range(0, random.Next(5)).Select(_ => Sizes[random.Next(Sizes.Length)])];
                tensors[at] = (name, shape, new double[shape.Aggregate(1, (product, size) => product * size)]);
                break;
            case 2 when shape.Length > 0:
                shape = [.. shape];
                shape[random.Next(shape.Length)] = Sizes[random.Next(Sizes.Length)];
                tensors[at] = (name, shape, [.. Enumerable.Repeat(0.5, shape.Aggregate(1, (product, size) => product * size))]);
                break;
            case 3 when values.Length > 0:
                values = [.. values];
                values[random.Next(values.Length)] = Numbers[random.Next(Numbers.Length)];
                tensors[at] = (name, shape, values);
                break;
            default:
                tensors[at] = (tensors[random.Next(tensors.Count)].Name + (random.Next(2) == 0 ? "" : "s"), shape, values);
                break;
        }
    }

    private static ImportResult<double> Import(IEnumerable<(string Name, int[] Shape, double[] Values)> tensors) => CheckpointImport.Read<double>(
        Checkpoint.Of("m.pt", [.. tensors.Select(tensor => SafetensorsTensor.Create<double>(tensor.Name, tensor.Values, tensor.Shape))]));

    private static TorchState Sound(string family)
    {
        TorchState state = new();
        double[] knots = [.. Enumerable.Range(0, 14).Select(index => (index % 7 - 1) * 0.5 - 1)];
        switch (family)
        {
            case "efficient-kan":
                return state.EfficientKan("layers.0.", 2, 3).Norm("norm.", 3, batch: true).EfficientKan("layers.1.", 3, 1);
            case "fastkan":
                return state.Norm("l.layernorm.", 2, batch: false).Add("l.rbf.grid", [3], -1, 0, 1).Random("l.spline_linear.weight", 2, 6).Random("l.base_linear.weight", 2, 2).Random("l.base_linear.bias", 2);
            case "fasterkan":
                return state.Norm("l.layernorm.", 2, batch: false).Add("l.rbf.grid", [3], -1, 0, 1).Add("l.rbf.inv_denominator", [], 0.5).Random("l.spline_linear.weight", 2, 6);
            case "bsrbf":
                return state.Norm("l.layernorm.", 2, batch: false).Random("l.base_weight", 2, 2).Random("l.spline_weight", 2, 10).Add("l.rbf.grid", [5], -1, -0.5, 0, 0.5, 1).Add("l.grid", [2, 7], knots);
            case "relu-kan":
                return state.Add("l.phase_low", [1, 4], -0.5, 0, 0.5, 0.75).Add("l.phase_height", [1, 4], 0.5, 1, 1.5, 2).Random("l.equal_size_conv.weight", 2, 1, 4, 1).Random("l.equal_size_conv.bias", 2);
            case "wav-kan":
                return state.Random("l.scale", 2, 2).Random("l.translation", 2, 2).Random("l.wavelet_weights", 2, 2).Norm("l.bn.", 2, batch: true);
            case "chebykan":
                return state.Random("l1.cheby_coeffs", 2, 3, 4).Norm("ln1.", 3, batch: false).Random("l2.cheby_coeffs", 3, 1, 4);
            case "jacobikan":
                return state.Random("l1.jacobi_coeffs", 2, 3, 4).Random("l2.jacobi_coeffs", 3, 1, 4);
            case "fourierkan":
                return state.Random("0.fouriercoeffs", 2, 3, 2, 4).Random("0.bias", 1, 3);
            case "sinekan":
                return state.Random("l.amplitudes", 2, 2, 4).Random("l.freq", 1, 1, 1, 4).Random("l.phase", 1, 1, 2, 4).Random("l.bias", 1, 2);
            case "kat":
                return state.Random("act1.weight_numerator", 1, 6).Random("act1.weight_denominator", 2, 4).Random("fc1.weight", 3, 4).Random("fc1.bias", 3);
            case "pykan":
                return state.Add("act_fun.0.grid", [2, 7], knots).Random("act_fun.0.coef", 2, 2, 5).Random("act_fun.0.mask", 2, 2).Random("act_fun.0.scale_base", 2, 2).Random("act_fun.0.scale_sp", 2, 2)
                    .Random("symbolic_fun.0.mask", 2, 2).Random("symbolic_fun.0.affine", 2, 2, 4).Random("node_scale_0", 1).Random("node_bias_0", 1).Random("subnode_scale_0", 2).Random("subnode_bias_0", 2);
            default:
                foreach ((string conv, int kernels) in new[] { ("conv1.", 5), ("conv2.", 25) })
                {
                    for (int kernel = 0; kernel < kernels; kernel++)
                        Head($"{conv}convs.{kernel}.conv.", 9, 1);
                }

                Head("kan1.", 125, 10);
                return state;
        }

        void Head(string owner, int inputs, int outputs) =>
            state.Random(owner + "base_weight", outputs, inputs).Random(owner + "spline_weight", outputs, inputs, 13).Random(owner + "spline_scaler", outputs, inputs)
                .Add(owner + "grid", [inputs, 17], [.. Enumerable.Range(0, inputs * 17).Select(index => (index % 17 - 3) * 0.2 - 1)]);
    }
}
