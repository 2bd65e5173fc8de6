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
/// <param name="Mask">Mask of every edge [I, O], or null; not trained.</param>
/// <param name="Multiplier">m, shaped like X, or null for 1.</param>
internal readonly record struct GlobalTerm<T>(
    GlobalBasis<T> Basis, Node<T> X, Node<T> Coefficients, Node<T>? Scale = null, Tensor<T>? Mask = null, Node<T>? Multiplier = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public bool RequiresGradient =>
        X.RequiresGradient || Coefficients.RequiresGradient || Scale is { RequiresGradient: true } || Multiplier is { RequiresGradient: true };

    /// <summary>What the kernels need.</summary>
    public GlobalOperands<T> Operands(int order, bool withMultiplier, int outputs) => new(
        Basis,
        X.Value,
        withMultiplier && Multiplier is not null ? Multiplier.Value : default,
        order,
        Coefficients.Value,
        Scale is null ? default : Scale.Value,
        Mask is null ? default : new Buffer<T>(Mask.Array, 0, Mask.Shape.Count),
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

        if (X.RequiresGradient)
            GlobalContraction.InputGradient(Operands(order + 1, withMultiplier: true, outputs), gradient, X.GradientSum(), executor);
        if (Multiplier is { RequiresGradient: true })
            GlobalContraction.InputGradient(Operands(order, withMultiplier: false, outputs), gradient, Multiplier.GradientSum(), executor);
    }
}
