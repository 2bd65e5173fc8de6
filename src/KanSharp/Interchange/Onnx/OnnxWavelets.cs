using KanSharp.Bases;
using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Onnx;

/// <summary>Wavelets as nodes: every edge has a function of its own, so that tensors are [N, I, O] before the sum over inputs.</summary>
internal static class OnnxWavelets
{
    /// <summary>Arguments beyond it count as it: all functions have vanished there.</summary>
    private const double Far = 1e6;

    /// <summary>Σ_i C_io·ψ((x_i − τ_io)/s_io), [N, O].</summary>
    public static OnnxValue Sum(WaveletFunctions basis, double[] coefficients, int outputs, OnnxValue x)
    {
        OnnxGraph graph = x.Graph;
        int inputs = coefficients.Length / outputs;
        OnnxValue u = (x.Unsqueeze(2) - graph.Constant(basis.Translation, 1, inputs, outputs)) * graph.Constant(basis.InverseScale, 1, inputs, outputs);
        double amplitude = basis.Mother.Amplitude;
        double[] weights = amplitude == 1 ? coefficients : Array.ConvertAll(coefficients, coefficient => coefficient * amplitude);
        return (Shape(basis.Mother, u) * graph.Constant(weights, 1, inputs, outputs)).Sum(1);
    }

    /// <summary>The plain shape.</summary>
    private static OnnxValue Shape(LoweredWavelet mother, OnnxValue u) => (mother.Kind, mother.PublishedForm) switch
    {
        (WaveletKind.Meyer, false) => Meyer(u),
        (WaveletKind.Meyer, true) => MeyerTaper(u),
        _ => Plain(mother, u.AtLeast(-Far).AtMost(Far)),
    };

    private static OnnxValue Plain(LoweredWavelet mother, OnnxValue u) => (mother.Kind, mother.PublishedForm) switch
    {
        (WaveletKind.MexicanHat, _) => (1 - u.Square()) * Bell(u),
        (WaveletKind.DerivativeOfGaussian, _) => -u * Bell(u),
        (WaveletKind.Morlet, false) => ((CosineGaussianShape.Omega * u).Cos() - MorletShape.Kappa) * Bell(u),
        (WaveletKind.Morlet, true) => (CosineGaussianShape.Omega * u).Cos() * Bell(u),
        (WaveletKind.Shannon, false) => (2 * (2 * Math.PI * u).Sinc()) - (Math.PI * u).Sinc(),
        (WaveletKind.Shannon, true) => u.Sinc(),
        _ => throw new NotSupportedException($"The wavelet {mother.Kind} can not be exported to ONNX."),
    };

    private static OnnxValue Bell(OnnxValue u) => (-0.5 * u.Square()).Exp();

    /// <summary>
    /// Σ_k w_k·cos((f + k)·θ) over the 47 frequencies of <see cref="MeyerShape"/>, with k = 7a + b: cosines and sines of bθ times the weights as a 7 × 7 matrix,
    /// then those of (f + 7a)·θ. This takes 28 waves for each argument.
    /// </summary>
    private static OnnxValue Meyer(OnnxValue u)
    {
        const int Block = 7;
        OnnxGraph graph = u.Graph;
        OnnxValue inside = u.Abs().Below(MeyerShape.Reach), zero = u.Vanished();
        OnnxValue theta = inside.Choose(u, graph.Constant(0)).Unsqueeze(3);
        double step = MeyerShape.Node(1).Omega - MeyerShape.Node(0).Omega;
        var weights = new double[Block * Block];
        for (int k = 0; k < MeyerShape.Nodes; k++)
            weights[(k % Block * Block) + (k / Block)] = MeyerShape.Node(k).Weight;
        OnnxValue matrix = graph.Constant(weights, Block, Block);
        OnnxValue fine = theta * graph.Constant([.. Enumerable.Range(0, Block).Select(b => b * step)], Block);
        OnnxValue coarse = theta * graph.Constant([.. Enumerable.Range(0, Block).Select(a => MeyerShape.Node(0).Omega + (a * Block * step))], Block);
        OnnxValue sum = ((coarse.Cos() * fine.Cos().MatMul(matrix)) - (coarse.Sin() * fine.Sin().MatMul(matrix))).Sum(3);
        return inside.Choose(sum, zero);
    }

    /// <summary>sin(π|u|)·A(|u|) with A = 1 up to ½, cos(π/2·ν(2|u| − 1)) to 1, then 0.</summary>
    private static OnnxValue MeyerTaper(OnnxValue u)
    {
        OnnxValue v = u.Abs(), near = v.AtMost(1), t = ((2 * near) - 1).AtLeast(0);
        OnnxValue rise = t.Square().Square() * t.Polynomial(35, -84, 70, -20);
        return v.Below(1).Choose((Math.PI * near).Sin() * (Math.PI / 2 * rise).Cos(), u.Vanished());
    }
}
