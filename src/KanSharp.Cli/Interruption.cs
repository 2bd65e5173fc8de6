using System.Runtime.InteropServices;

namespace KanSharp.Cli;

/// <summary>Ctrl+C or SIGTERM once asks to stop, a second time ends the process at once; what can not be asked ends the first time.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Terminal _terminal;
    private readonly bool _canStop;
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption(Terminal terminal, bool canStop)
    {
        (_terminal, _canStop) = (terminal, canStop);
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_canStop || _source.IsCancellationRequested)
        {
            // A progress bar hides the cursor
            _terminal.Error.WriteLine(_terminal.IsInteractive ? "\u001b[?25h\nAborted." : "\nAborted.");
            Environment.Exit(ExitCode.Cancelled);
        }

        _terminal.Error.WriteLine("\nStopping; what has been reached so far is kept. Press Ctrl+C again to abort.");
        _source.Cancel();
    }
}
