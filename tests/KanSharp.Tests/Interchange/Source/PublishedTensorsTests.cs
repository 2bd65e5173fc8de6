using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Interchange;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Tests.Docs;

namespace KanSharp.Tests.Interchange.Source;

/// <summary>The way back to Python: tensors of named layouts, read back here and by modules of the same structure in PyTorch, written from the published formulas.</summary>
public sealed class PublishedTensorsTests
{
    private const string Reader = """
        import json, struct, sys
        import numpy as np
        import torch
        def load(path):
            raw = open(path, "rb").read()
            size = struct.unpack("<Q", raw[:8])[0]
            header, start, found = json.loads(raw[8:8 + size]), 8 + size, {}
            for name, entry in header.items():
                if name != "__metadata__":
                    a, b = entry["data_offsets"]
                    kind = {"F32": np.float32, "F64": np.float64}[entry["dtype"]]
                    found[name] = torch.from_numpy(np.frombuffer(raw[start + a:start + b], dtype=kind).reshape(entry["shape"]).copy())
            return found
        def basis(x, t, k):
            x = x.unsqueeze(-1)
            b = ((x >= t[:, :-1]) & (x < t[:, 1:])).to(x.dtype)
            for d in range(1, k + 1):
                b = (x - t[:, :-d - 1]) / (t[:, d:-1] - t[:, :-d - 1]) * b[..., :-1] + (t[:, d + 1:] - x) / (t[:, d + 1:] - t[:, 1:-d]) * b[..., 1:]
            return b
        """;

    [Fact]
    public void Efficient_kan_names_are_read_back_as_the_same_layers()
    {
        Check<double>();
        Check<float>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            for (int seed = 0; seed < 50; seed++)
            {
                var random = new RandomValues((ulong)seed);
                KanNetwork<T> network = Splines<T>(random);
                SafetensorsFile file = SafetensorsFile.Parse(PublishedTensors.EfficientKan(network).Tensors.ToBytes());
                var read = new KanNetwork<T>([.. Enumerable.Range(0, network.Layers.Count).Select(layer => PublishedLayers.EfficientKan(NamedTensors<T>.From(file, $"layers.{layer}."), network.Layers[layer].Options.BaseActivation))]);
                var x = new Tensor<T>(new Shape(20, network.Features), [.. Enumerable.Range(0, 20 * network.Features).Select(_ => T.CreateTruncating(random.Normal(1)))]);
                Tensor<T> expected = network.Predict(x), actual = read.Predict(x);
                for (int index = 0; index < expected.Shape.Count; index++)
                    Assert.Equal(double.CreateTruncating(expected.Span[index]), double.CreateTruncating(actual.Span[index]), typeof(T) == typeof(float) ? 1e-4 : 1e-12);
            }
        }
    }

    [Fact]
    public void A_module_of_efficient_kans_structure_computes_the_same()
    {
        KanNetwork<double> network = Splines<double>(new RandomValues(7), [3, 4, 2], edgeScale: true);
        Run(network, PublishedTensors.EfficientKan(network), """
            class Layer(torch.nn.Module):
                def __init__(self, i, o, g, k):
                    super().__init__()
                    self.k = k
                    self.register_buffer("grid", torch.zeros(i, g + 2 * k + 1, dtype=torch.float64))
                    self.base_weight = torch.nn.Parameter(torch.zeros(o, i, dtype=torch.float64))
                    self.spline_weight = torch.nn.Parameter(torch.zeros(o, i, g + k, dtype=torch.float64))
                    self.spline_scaler = torch.nn.Parameter(torch.zeros(o, i, dtype=torch.float64))
                def forward(self, x):
                    s = self.spline_weight * self.spline_scaler.unsqueeze(-1)
                    return torch.nn.functional.silu(x) @ self.base_weight.T + torch.einsum("nif,oif->no", basis(x, self.grid, self.k), s)
            class Net(torch.nn.Module):
                def __init__(self, widths, g, k):
                    super().__init__()
                    self.layers = torch.nn.ModuleList(Layer(a, b, g, k) for a, b in zip(widths, widths[1:]))
                def forward(self, x):
                    for layer in self.layers:
                        x = layer(x)
                    return x
            """, $"Net([3, 4, 2], {network.Layers[0].Options.Spline.Intervals}, {network.Layers[0].Options.Spline.Degree})");
    }

    [Fact]
    public void Tensors_of_pykans_names_compute_the_same_by_its_formulas()
    {
        KanNetwork<double> network = KanNetwork<double>.Create(NetworkShape.Parse("2,[1,2],1"), Options(new BSplineOptions { Outside = OutsideGrid.Zero }, mask: true) with { Bias = true }, 3, trainNodes: true);
        var random = new RandomValues(5);
        foreach ((_, Parameter<double> parameter) in network.Parameters())
        {
            foreach (ref double value in parameter.Value.Span)
                value += random.Normal(0.2);
        }

        network = network.WithSymbolicEdge(0, 1, 2, FunctionCatalog.Standard["sin"], 1.5, 0.2, 0.7, -0.1).WithoutEdge(0, 0, 1);
        PublishedModel model = PublishedTensors.Pykan(network);
        Assert.Contains("width: [[2, 0], [1, 2], [1, 0]]", model.Config, StringComparison.Ordinal);
        Assert.Contains("symbolic.funs_name.0: [['0', '0'], ['0', '0'], ['0', 'sin'], ['0', '0'], ['0', '0']]", model.Config, StringComparison.Ordinal);
        Run(network, model, """
            class Net:
                def load_state_dict(self, state):
                    self.s = state
                def __call__(self, x):
                    s = self.s
                    for l, (sums, products) in enumerate([(1, 2), (1, 0)]):
                        t, c = s[f"act_fun.{l}.grid"], s[f"act_fun.{l}.coef"]
                        k = t.shape[1] - c.shape[2] - 1
                        edge = s[f"act_fun.{l}.mask"] * (s[f"act_fun.{l}.scale_base"] * torch.nn.functional.silu(x).unsqueeze(-1)
                            + s[f"act_fun.{l}.scale_sp"] * torch.einsum("nif,iof->nio", basis(x, t, k), c))
                        a = s[f"symbolic_fun.{l}.affine"]
                        f = a[..., 2] * torch.sin(a[..., 0] * x.unsqueeze(1) + a[..., 1]) + a[..., 3]
                        y = edge.sum(dim=1) + (s[f"symbolic_fun.{l}.mask"] * f).sum(dim=2)
                        y = y * s[f"subnode_scale_{l}"] + s[f"subnode_bias_{l}"]
                        nodes = [y[:, :sums]] + [y[:, sums + 2 * p:sums + 2 * p + 2].prod(dim=1, keepdim=True) for p in range(products)]
                        x = torch.cat(nodes, dim=1) * s[f"node_scale_{l}"] + s[f"node_bias_{l}"]
                    return x
            """, "Net()");
    }

    [Fact]
    public void What_the_original_does_not_have_is_named()
    {
        KanNetwork<double> gaussian = KanNetwork<double>.Create([2, 1], new GaussianOptions());
        Assert.Contains("gaussian", Assert.Throws<NotSupportedException>(() => PublishedTensors.EfficientKan(gaussian)).Message, StringComparison.Ordinal);
        KanNetwork<double> symbolic = KanNetwork<double>.Create([2, 1], new BSplineOptions()).WithSymbolicEdges([new EdgeFormula(0, 0, 0, FunctionCatalog.Standard["erf"])]);
        Assert.Contains("pykan names", Assert.Throws<NotSupportedException>(() => PublishedTensors.EfficientKan(symbolic)).Message, StringComparison.Ordinal);
        Assert.Contains("'erf'", Assert.Throws<NotSupportedException>(() => PublishedTensors.Pykan(symbolic)).Message, StringComparison.Ordinal);
        KanNetwork<double> other = KanNetwork<double>.Create([2, 1], new KanLinearOptions { BaseActivation = Activation.GELU });
        Assert.Contains(PublishedTensors.EfficientKan(other).Notes, note => note.Contains("GELU", StringComparison.Ordinal));
        Assert.Contains(PublishedTensors.EfficientKan(other).Notes, note => note.Contains("tangents", StringComparison.Ordinal));
    }

    private static KanLinearOptions Options(BSplineOptions spline, bool mask = false) => new() { Basis = spline, Mask = mask };

    private static KanNetwork<T> Splines<T>(RandomValues random, int[]? widths = null, bool? edgeScale = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanLinearOptions options = Options(new BSplineOptions { Degree = random.Whole(1, 4), Intervals = random.Whole(1, 9), Outside = OutsideGrid.Zero }, random.Chance(0.5)) with
        {
            EdgeScale = edgeScale ?? random.Chance(0.5),
        };
        KanNetwork<T> network = KanNetwork<T>.Create(widths ?? [.. Enumerable.Range(0, random.Whole(2, 4)).Select(_ => random.Whole(1, 5))], options, random.Seed());
        foreach (KanLinear<T> layer in network.Layers)
        {
            foreach (ref T value in layer.Coefficients.Value.Span)
                value += T.CreateTruncating(random.Normal(0.3));
            if (layer.Mask is null)
                continue;
            foreach (ref T value in layer.Mask.Value.Span)
                value = random.Chance(0.3) ? T.Zero : T.CreateTruncating(0.5);
        }

        return network;
    }

    private static void Run(KanNetwork<double> network, PublishedModel model, string program, string create)
    {
        using ScratchFolder folder = new();
        if (CommandLineProcess.Run(PythonProgram.Name, ["-c", "import torch"], folder.Path).Code != 0)
            Assert.Skip($"{PythonProgram.Name} has no torch: the tensors were not loaded.");
        model.Tensors.Save(Path.Combine(folder.Path, "model.safetensors"));
        double[] x = [.. Enumerable.Range(0, 30 * network.Features).Select(index => 0.9 * Math.Sin(index))];
        File.WriteAllBytes(Path.Combine(folder.Path, "x.bin"), System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(x).ToArray());
        File.WriteAllText(Path.Combine(folder.Path, "main.py"), $"""
            {Reader}
            {program}
            net = {create}
            net.load_state_dict(load("model.safetensors"))
            x = torch.from_numpy(np.fromfile("x.bin").reshape(30, {network.Features}))
            y = net(x)
            (y.detach() if isinstance(y, torch.Tensor) else y).numpy().astype(np.float64).tofile("y.bin")
            """);
        (int code, string output) = CommandLineProcess.Run(PythonProgram.Name, ["main.py"], folder.Path);
        Assert.True(code == 0, output);
        double[] actual = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(Path.Combine(folder.Path, "y.bin"))).ToArray();
        double[] expected = network.Predict(new Tensor<double>(new Shape(30, network.Features), x)).Span.ToArray();
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < actual.Length; index++)
            Assert.Equal(expected[index], actual[index], 1e-12);
    }
}
