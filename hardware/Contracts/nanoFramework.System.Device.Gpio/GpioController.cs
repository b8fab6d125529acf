namespace System.Device.Gpio
{
    public sealed class GpioController : IDisposable
    {
        public GpioController()
        {
        }

        public bool IsPinModeSupported(int pinNumber, PinMode mode) => throw null;

        public bool IsPinOpen(int pinNumber) => throw null;

        public GpioPin OpenPin(int pinNumber) => throw null;

        public GpioPin OpenPin(int pinNumber, PinMode mode) => throw null;

        public void Dispose() => throw null;
    }

    public sealed class GpioPin : IDisposable
    {
        internal GpioPin()
        {
        }

        public event PinValueChangedEventHandler ValueChanged
        {
            add => throw null;
            remove => throw null;
        }

        public TimeSpan DebounceTimeout
        {
            get => throw null;
            set => throw null;
        }

        public int PinNumber => throw null;

        public bool IsPinModeSupported(PinMode pinMode) => throw null;

        public void SetPinMode(PinMode value) => throw null;

        public PinValue Read() => throw null;

        public void Write(PinValue value) => throw null;

        public void Dispose() => throw null;
    }
}
