namespace System
{
    public class Exception
    {
        protected int HResult;

        public Exception()
        {
        }

        public Exception(string message)
        {
        }

        public Exception(string message, Exception innerException)
        {
        }

        public virtual string Message => throw null;

        public Exception InnerException => throw null;

        public override string ToString() => throw null;
    }

    public class SystemException : Exception
    {
        public SystemException()
        {
        }

        public SystemException(string message)
        {
        }

        public SystemException(string message, Exception innerException)
        {
        }
    }

    public class ArgumentException : SystemException
    {
        public ArgumentException()
        {
        }

        public ArgumentException(string message)
        {
        }

        public ArgumentException(string message, Exception innerException)
        {
        }

        public ArgumentException(string message, string paramName)
        {
        }

        public virtual string ParamName => throw null;
    }

    public class InvalidOperationException : SystemException
    {
        public InvalidOperationException()
        {
        }

        public InvalidOperationException(string message)
        {
        }
    }

    public class NotSupportedException : SystemException
    {
        public NotSupportedException()
        {
        }

        public NotSupportedException(string message)
        {
        }
    }

    public class OutOfMemoryException : SystemException
    {
        public OutOfMemoryException()
        {
        }

        public OutOfMemoryException(string message)
        {
        }
    }
}

namespace System.IO
{
    public class IOException : SystemException
    {
        public IOException()
        {
        }

        public IOException(string message)
        {
        }

        public IOException(string message, int hresult)
        {
        }
    }
}
