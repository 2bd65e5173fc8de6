namespace KanSharp.Layers;

/// <summary>A function that bounds the inputs of a layer, after <see cref="InputNormalization"/>.</summary>
public enum InputSquash
{
    /// <summary>None.</summary>
    None,

    /// <summary>tanh, to (−1, 1): where orthogonal polynomials live (ChebyKAN, JacobiKAN).</summary>
    Tanh,

    /// <summary>Logistic function, to (0, 1).</summary>
    Sigmoid,
}
