namespace KanSharp.Autodiff;

/// <summary>Which of a node's loops is being run in pieces.</summary>
internal enum Phase
{
    Forward,
    Left,
    Right,
    Third,
}
