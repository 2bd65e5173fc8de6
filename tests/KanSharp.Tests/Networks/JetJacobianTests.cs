using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;
using KanSharp.Tests.Layers;

namespace KanSharp.Tests.Networks;

/// <summary>Rows of Jacobians of residuals of differential equations are the gradients of single residuals.</summary>
public class JetJacobianTests
{
    private static readonly PartialDerivative X = PartialDerivative.Of(0), Y = PartialDerivative.Of(1), XX = PartialDerivative.Of(0, 0), XY = PartialDerivative.Of(0, 1), XXYY = PartialDerivative.Of(0, 0, 1, 1);
    private static readonly KanLinearOptions Splines = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Degree = 6, Intervals = 4 } };

    private static readonly Dictionary<string, Func<Module<double>>> Modules = new()
    {
        ["network"] = () => KanNetwork<double>.Create([2, 4, 1], Splines, 1),
        ["network with all branches"] = () => KanNetwork<double>.Create([2, 3, 1], new KanLinearOptions { Basis = new BSplineOptions { Degree = 6, Intervals = 3 }, Bias = true, Mask = true }, 2),
        ["network with products"] = () => KanNetwork<double>.Create(NetworkShape.Parse("2,[1,x2,x3],1"), Splines, 3),
        ["separable"] = () => SeparableKan<double>.Create(1, 4, [Splines, Splines], 4),
        ["separable with waves"] = () => SeparableKan<double>.Create(1, 3, [new KanLinearOptions { Basis = new FourierOptions { Frequencies = 3 }, BaseActivation = null, EdgeScale = false, Bias = true }, Splines], 5),
        ["periodic"] = () => new Sequential<double>(new PeriodicInputs<double>([(-1, 1), null]), KanNetwork<double>.Create([3, 4, 1], Splines, 6)),
        ["mixed"] = () => new Sequential<double>(Linear<double>.Create(2, 3, new SplitRandom(4)), new LayerNorm<double>(3, affine: false), Frozen(MixedNetworks.Create<double>(exponent: false))),
    };

    public static TheoryData<string> Names => [.. Modules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void RowsAreGradientsOfResiduals(string name)
    {
        Module<double> module = Modules[name]();
        JetShape shape = JetShape.Of(XX, Y, XY);
        Holds(module, x =>
        {
            Jet<double> y = module.Forward(Jet<double>.Seed(x, shape));
            Jet<double> u = y.Value.Shape.Last == 1 ? y : y.Slice(-1, 0, 1);
            return u[XX] + u.Value * u[Y] - u[XY] * u[X];
        });
    }

    [Fact]
    public void OfOrderFour()
    {
        foreach (string name in (string[])["network", "separable", "network with products"])
        {
            Module<double> module = Modules[name]();
            Holds(module, x => module.Forward(Jet<double>.Seed(x, JetShape.Of(XXYY)))[XXYY]);
        }
    }

    [Theory]
    [InlineData("fourier")]
    [InlineData("chebyshev")]
    [InlineData("gaussian")]
    [InlineData("relu-fixed")]
    [InlineData("sine")]
    [InlineData("rational")]
    [InlineData("mexican-hat")]
    [InlineData("jacobi")]
    public void OtherFamilies(string family)
    {
        KanNetwork<double> network = FamilyLayers.Network<double>(family, [2, 3, 1], 3);
        JetShape shape = JetShape.Of(XX, Y);
        Holds(network, x =>
        {
            Jet<double> u = network.Forward(Jet<double>.Seed(x, shape));
            return u[XX] + u.Value * u[Y];
        }, all: false);
    }

    /// <summary>Scales of nodes have no rows in second derivatives: trained ones are refused by name.</summary>
    [Fact]
    public void TrainedScalesOfNodesAreRefused()
    {
        KanNetwork<double> network = MixedNetworks.Create<double>();
        var tape = new Tape<double> { ForJacobian = true };
        network.Forward(Jet<double>.Seed(tape.Constant(MixedNetworks.Inputs<double>(2, 3)), JetShape.Of(XX)));
        var layout = new JacobianLayout<double>(tape, 2);
        Parameter<double>[] scales = [.. network.Modules().OfType<NodeStage<double>>().SelectMany(stage => stage.Parameters()).Select(entry => entry.Parameter)];
        Assert.All(layout.Refused.Keys, parameter => Assert.Contains(parameter, scales));
        Assert.NotEmpty(layout.Refused);
    }

    private static KanNetwork<double> Frozen(KanNetwork<double> network)
    {
        foreach ((_, Parameter<double> parameter) in network.Modules().OfType<NodeStage<double>>().SelectMany(stage => stage.Parameters()))
            parameter.Trainable = false;
        return network;
    }

    private static void Holds(Module<double> module, Func<Var<double>, Var<double>> residual, bool all = true)
    {
        const int Count = 6;
        Tensor<double> points = Check.Sample<double>(new Shape(Count, 2), 3, -0.9, 0.9);
        double[,] rows = DenseJacobian.FromRuns(residual, points, Executor.Default, out JacobianLayout<double> layout);
        Assert.Empty(layout.Refused);
        // scales of edges are not unknowns: coefficients do what they do; nor are frequencies and shapes of some families
        Assert.True(!all || layout.Unknowns == module.Parameters().Where(entry => entry.Parameter.Trainable && !entry.Path.EndsWith("edge_scale", StringComparison.Ordinal)).Sum(entry => (long)entry.Parameter.Shape.Count));
        var expected = new double[Count, layout.Unknowns];
        var tape = new Tape<double>();
        for (int row = 0; row < Count; row++)
        {
            foreach ((_, Parameter<double> parameter) in module.Parameters())
                parameter.ClearGradient();
            tape.Reset();
            var cotangent = new double[Count];
            cotangent[row] = 1;
            tape.Backward(residual(tape.Constant(points)), cotangent);
            foreach (var segment in layout.Segments)
            {
                for (int index = 0; index < segment.Length; index++)
                    expected[row, segment.Offset + index] = segment.Parameter.Gradient[segment.Start + index];
            }
        }

        DenseJacobian.Near(expected, rows, 1e-12);
    }
}
