using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Symbolics.Functions;

/// <summary>From the value (which function, which order) to the kernel compiled for it.</summary>
internal static class FunctionKernels
{
    /// <summary>y = f⁽ᵒʳᵈᵉʳ⁾(x) for every kind but powers and functions of the user; y may be x.</summary>
    public static void Evaluate<T>(FunctionKind kind, int order, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SimdWidth width = SimdWidths.Best;
        switch (kind)
        {
            case FunctionKind.Zero: y.Clear(); break;
            case FunctionKind.One: y.Fill(order == 0 ? T.One : T.Zero); break;
            case FunctionKind.Identity: Activation.Identity.Evaluate(order, x, y, width); break;
            case FunctionKind.Exp: Activation.Exp.Evaluate(order, x, y, width); break;
            case FunctionKind.Sin: Activation.Sin.Evaluate(order, x, y, width); break;
            case FunctionKind.Tanh: Activation.Tanh.Evaluate(order, x, y, width); break;
            case FunctionKind.Sigmoid: Activation.Sigmoid.Evaluate(order, x, y, width); break;
            case FunctionKind.Softplus: Activation.Softplus.Evaluate(order, x, y, width); break;
            case FunctionKind.ReLU: Activation.ReLU.Evaluate(order, x, y, width); break;
            case FunctionKind.Log: Lanes<LogFunction, T>(order, x, y, width); break;
            case FunctionKind.LogOnePlus: Lanes<LogOnePlusFunction, T>(order, x, y, width); break;
            case FunctionKind.Abs: Lanes<AbsFunction, T>(order, x, y, width); break;
            case FunctionKind.Sign: Lanes<SignFunction, T>(order, x, y, width); break;
            case FunctionKind.Step: Lanes<StepFunction, T>(order, x, y, width); break;
            case FunctionKind.Cos: Lanes<CosFunction, T>(order, x, y, width); break;
            case FunctionKind.Tan: Lanes<TanFunction, T>(order, x, y, width); break;
            case FunctionKind.Gaussian: Lanes<GaussianFunction, T>(order, x, y, width); break;
            case FunctionKind.Erf: Lanes<ErfFunction, T>(order, x, y, width); break;
            case FunctionKind.Lorentzian: Lanes<LorentzianFunction, T>(order, x, y, width); break;
            case FunctionKind.Dispersion: Lanes<DispersionFunction, T>(order, x, y, width); break;
            case FunctionKind.Arcsin: Points<ArcsinFunction, T>(order, x, y); break;
            case FunctionKind.Arccos: Points<ArccosFunction, T>(order, x, y); break;
            case FunctionKind.Arctan: Points<ArctanFunction, T>(order, x, y); break;
            case FunctionKind.Arctanh: Points<ArctanhFunction, T>(order, x, y); break;
            case FunctionKind.Sinh: Points<SinhFunction, T>(order, x, y); break;
            case FunctionKind.Cosh: Points<CoshFunction, T>(order, x, y); break;
            case FunctionKind.Sinc: Points<SincFunction, T>(order, x, y); break;
            case FunctionKind.BesselJ0: Lanes<BesselJ0Function, T>(order, x, y, width); break;
            case FunctionKind.BesselJ1: Lanes<BesselJ1Function, T>(order, x, y, width); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "This function has a kernel of its own.");
        }
    }

    private static void Points<F, T>(int order, ReadOnlySpan<T> x, Span<T> y)
        where F : struct, IScalarFunction
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = T.CreateTruncating(F.Evaluate(double.CreateTruncating(x[i]), order));
    }

    private static void Lanes<F, T>(int order, ReadOnlySpan<T> x, Span<T> y, SimdWidth width)
        where F : struct, IDifferentiableFunction
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Activation.Apply<F, T>(order, x, default, y, width, multiply: false);
}
