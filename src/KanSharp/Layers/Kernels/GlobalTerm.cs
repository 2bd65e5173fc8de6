using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// One sum over the edges of a layer as it is recorded: a family of functions, the points it is evaluated at and the weights. The base
/// branch is a term of its own, since its points may be others (FastKAN normalises what its Gaussians see, not what the base sees).
/// </summary>
/// <param name="Basis">The family.</param>
/// <param name="X">Points [..., I].</param>
/// <param name="Coefficients">[I, functions, O]; for a family of one function also [I, O].</param>
/// <param name="Scale">Scale of every edge [I, O], or null.</param>
/// <param name="Mask">Mask of every edge [I, O], or empty; not trained.</param>
/// <param name="Multiplier">m, shaped like X, or null for 1.</param>
/// <param name="First">First of the family's own trained parameters, or null.</param>
/// <param name="Second">The second one, or null.</param>
internal readonly record struct GlobalTerm<T>(
    GlobalBasis<T> Basis, Node<T> X, Node<T> Coefficients, Node<T>? Scale = null, Buffer<T> Mask = default, Node<T>? Multiplier = null,
    Node<T>? First = null, Node<T>? Second = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public bool RequiresGradient =>
        X.RequiresGradient || Coefficients.RequiresGradient || Scale is { RequiresGradient: true } || Multiplier is { RequiresGradient: true } || TrainsBasis;

    /// <summary>Whether parameters of the family itself are trained.</summary>
    private bool TrainsBasis => First is { RequiresGradient: true } || Second is { RequiresGradient: true };

    /// <summary>What the kernels need.</summary>
    public GlobalOperands<T> Operands(int order, bool withMultiplier, int outputs) => new(
        Basis,
        X.Value,
        withMultiplier && Multiplier is not null ? Multiplier.Value : default,
        order,
        Coefficients.Value,
        Scale is null ? default : Scale.Value,
        Mask,
        X.Shape.Rows,
        X.Shape.Last,
        outputs);

    /// <summary>Adds the term to y.</summary>
    public void Forward(int order, Span<T> y, int outputs) =>
        GlobalContraction.Forward(Operands(order, withMultiplier: true, outputs), y, X.Tape.Executor);

    /// <summary>Adds to the gradients of everything that requires one.</summary>
    public void Backward(int order, Span<T> gradient, int outputs)
    {
        Executor executor = X.Tape.Executor;
        bool trainsScale = Scale is { RequiresGradient: true };
        if (Coefficients.RequiresGradient || trainsScale)
        {
            Span<T> coefficients = Coefficients.RequiresGradient ? Coefficients.GradientSum() : default;
            Span<T> scale = trainsScale ? Scale!.GradientSum() : default;
            GlobalContraction.WeightGradient(Operands(order, withMultiplier: true, outputs), gradient, coefficients, scale, executor);
        }

        if (X.RequiresGradient || TrainsBasis)
        {
            Span<T> input = X.RequiresGradient ? X.GradientSum() : default;
            Buffer<T> parameters = TrainsBasis ? X.Tape.Rent(Basis.SharedParameters + (X.Shape.Last * Basis.FeatureParameters)) : default;
            parameters.Span.Clear();
            GlobalContraction.InputGradient(Operands(order + 1, withMultiplier: true, outputs), gradient, input, parameters.Span, executor);
            if (TrainsBasis)
                Distribute(First, Second, Basis.FeatureParameters > 0 ? X.Shape.Last : 1, parameters.Span, executor.Width);
        }

        if (Multiplier is { RequiresGradient: true })
            GlobalContraction.InputGradient(Operands(order, withMultiplier: false, outputs), gradient, Multiplier.GradientSum(), default, executor);
    }

    /// <summary>Hands the gradients of a family's parameters, side by side for each feature or once, to their owners.</summary>
    /// <param name="first">First of the family's trained parameters, or null.</param>
    /// <param name="second">The second one, or null.</param>
    /// <param name="rows">Features that have numbers of their own; 1 for shared ones.</param>
    /// <param name="gradients">[rows, numbers].</param>
    /// <param name="width">SIMD width.</param>
    public static void Distribute(Node<T>? first, Node<T>? second, int rows, ReadOnlySpan<T> gradients, SimdWidth width)
    {
        int start = 0;
        foreach (Node<T>? parameter in (ReadOnlySpan<Node<T>?>)[first, second])
        {
            if (parameter is null)
                continue;
            int part = parameter.Shape.Count / rows;
            if (parameter.RequiresGradient)
            {
                Span<T> sum = parameter.GradientSum();
                for (int row = 0; row < rows; row++)
                {
                    Span<T> target = sum.Slice(row * part, part);
                    VectorMath.Add(target, gradients.Slice((row * (gradients.Length / rows)) + start, part), target, width);
                }
            }

            start += part;
        }
    }
}
