using KanSharp.Numerics;

namespace KanSharp.Interchange.Onnx;

/// <summary>Activations as nodes.</summary>
internal static class OnnxActivations
{
    /// <summary>f(x).</summary>
    public static OnnxValue Of(Activation function, OnnxValue x) => function.Name switch
    {
        nameof(Activation.SiLU) => x.SiLU(),
        nameof(Activation.GELU) => x.GELU(),
        nameof(Activation.Tanh) => x.Tanh(),
        nameof(Activation.Sigmoid) => x.Sigmoid(),
        nameof(Activation.ReLU) => x.ReLU(),
        nameof(Activation.Softplus) => x.Softplus(),
        nameof(Activation.Identity) => x,
        nameof(Activation.Zero) => x.Zeros(),
        nameof(Activation.Sin) => x.Sin(),
        nameof(Activation.Exp) => x.Exp(),
        nameof(Activation.Square) => x.Square(),
        string other => throw new NotSupportedException($"The activation '{other}' can not be exported to ONNX."),
    };
}
