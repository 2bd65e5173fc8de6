using System.Runtime.ExceptionServices;

namespace KanSharp.Numerics;

/// <summary>Keeps the exception of the lowest piece, so that the one rethrown does not depend on timing. Not synchronised.</summary>
internal struct FirstFailure
{
    private ExceptionDispatchInfo? _exception;
    private int _piece;

    public void Record(int piece, Exception exception)
    {
        if (_exception is not null && piece >= _piece)
            return;
        _exception = ExceptionDispatchInfo.Capture(exception);
        _piece = piece;
    }

    /// <summary>Throws what was recorded, with the stack trace of its origin; does nothing if nothing was.</summary>
    public readonly void Rethrow() => _exception?.Throw();
}
