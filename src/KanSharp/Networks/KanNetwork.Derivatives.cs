using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Networks;

/// <content>Derivatives with respect to the inputs.</content>
public sealed partial class KanNetwork<T>
{
    /// <summary>First derivatives ∂y_o/∂x_i at every row, exact; 0 for columns that are not chosen.</summary>
    /// <param name="inputs">Rows [N, features].</param>
    /// <param name="executor">Where to run; the process-wide one if null.</param>
    /// <returns>[N, outputs, features].</returns>
    /// <exception cref="ArgumentException">The inputs do not fit the network.</exception>
    public Tensor<T> InputGradient(Tensor<T> inputs, Executor? executor = null) => InputDerivatives.Gradient(this, inputs, executor);

    /// <summary>Second derivatives ∂²y_o/∂x_i∂x_k at every row, exact. A spline of degree 2 has steps in them at its knots, one of degree 1 none between.</summary>
    /// <param name="inputs">Rows [N, features].</param>
    /// <param name="executor">Where to run; the process-wide one if null.</param>
    /// <returns>[N, outputs, features, features].</returns>
    /// <exception cref="ArgumentException">The inputs do not fit the network.</exception>
    public Tensor<T> InputHessian(Tensor<T> inputs, Executor? executor = null) => InputDerivatives.Hessian(this, inputs, executor);
}
